//! Words and files of the interface are compiled in: whoever changes one wants it in the next build.

fn main() {
    for folder in ["../../locales", "../../assets", "../../forms", "../../rulebooks", "src/pages"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
