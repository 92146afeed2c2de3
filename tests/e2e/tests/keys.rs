//! Somebody may know her passphrase: she renews the keys and works on.

use luwte_e2e::Window;

#[tokio::test]
async fn the_keys_are_renewed_while_she_works_and_only_the_new_passphrase_opens() {
    let mut window = Window::open().await;
    let old = window.use_examples("sleutels").await;
    window.click("#menu-settings").await;
    window.click("#new-keys").await;
    window.see("#new-keys-sheet").await;
    window.picture("sleutels-1-uitleg").await;
    window.click("#new-keys-sheet").await;
    let sheet = window.copy_sheet().await;
    window.picture("sleutels-2-blad").await;
    window.click("#new-keys-written").await;
    window.see("#new-keys-now").await;
    window.copy_from_sheet(&sheet).await;
    window.write("#keys-present", &old).await;
    let new = window.see("#keys-next-proposal").await.text().await.expect("the proposal is shown");
    window.write("#keys-next-again", &new).await;
    window.picture("sleutels-3-wachtzin").await;
    window.click("#new-keys-now").await;
    window.see("#keys-going").await;
    window.picture("sleutels-4-bezig").await;
    // She goes on while every file is sealed anew.
    window.click("#menu-new-case").await;
    window.see("#note").await;
    window.type_focused("Geschreven terwijl de sleutels worden vernieuwd.").await;
    window.see("[data-testid=save-status][data-state=saved]").await;
    window.click("#menu-settings").await;
    window.see("#new-keys").await;
    window.picture("sleutels-5-klaar").await;

    let locked = window.lock_by(|| Window::type_and_lock(""), &[]).await;
    assert!(locked.is_ok(), "{locked:?}");
    window.write("#passphrase", &old).await;
    window.click("#unlock").await;
    window.read("wachtzin").await;
    window.see("[aria-invalid=true]").await;
    window.client.execute("document.getElementById('passphrase').select()", Vec::new()).await.expect("it answers");
    window.unlock(&new).await;
    window.click("#menu-cases").await;
    window.see("#case-row-5").await;
    window.close().await;
}
