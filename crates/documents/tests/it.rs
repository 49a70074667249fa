//! Tests of the crate through its public face.

#[cfg(test)]
#[path = "it/papers.rs"]
mod papers;
