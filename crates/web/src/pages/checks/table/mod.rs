//! Bảng theo người, theo đơn vị: how it is to be read is shown and confirmed, a file of units put beside it, the check is watched, its result looked at and taken.

pub(super) mod mapping;
pub(super) mod result;
pub(super) mod units;
