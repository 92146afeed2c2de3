//! What sizes and counts say.

use super::*;

#[test]
fn ten_pages_of_notes_do_not_show_in_the_size_of_a_case() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    for _ in 0..10 {
        add_note(&mut case, &vault, &"een heel gesprek ".repeat(60));
    }
    vault.save_case(&case, now()).expect("there is room");
    let size = |place| fs::metadata(copy.case_path(place)).expect("a file").len();
    // age adds a stanza of random length to every header, which says nothing.
    assert!(size(0).abs_diff(size(1)) < 1024, "{} and {}", size(0), size(1));
}

#[test]
fn sealing_a_case_costs_the_same_beside_many_others() {
    let copy = Copy::new();
    let mut vault = copy.open();
    let fs_before = fs::metadata(copy.root().join("register.age")).expect("a file").modified().expect("a time");
    let mut case = vault.case(copy.cases[0]).expect("the case opens");
    let practice = fs::read(copy.root().join("practice.age")).expect("a file");
    add_note(&mut case, &vault, "erbij");
    vault.save_case(&case, now()).expect("there is room");
    let register = fs::metadata(copy.root().join("register.age")).expect("a file").modified().expect("a time");
    assert_eq!(register, fs_before, "the register is sealed at lock, not at a save");
    assert_eq!(fs::read(copy.root().join("practice.age")).expect("a file"), practice, "and the practice is left too");
}
