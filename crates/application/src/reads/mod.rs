//! Readings for pages, lists and papers, by area.
