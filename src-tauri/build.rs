//! Declares the shell's commands: what is not named here cannot be called by the page.

fn main() {
    let commands =
        tauri_build::AppManifest::new().commands(&["call", "quit", "lock", "locked", "place", "copy", "present"]);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(commands))
        .expect("the window's configuration is valid");
}
