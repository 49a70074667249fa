//! Bảng theo người, theo đơn vị: how it is to be read is shown and confirmed, the check is watched, its result looked at and taken.

pub(super) mod mapping;
pub(super) mod result;
