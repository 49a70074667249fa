//! The rule books of this repository, loaded and checked; and broken books, each refused with file and line.

mod it {
    mod books;
    mod broken;
    mod folder;
}
