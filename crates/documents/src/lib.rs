//! Papers and files: what leaves the house on paper or as a file, and what comes in from outside.
//!
//! * [`paper`] – one layout description (`paper.toml`) and one set of data give one list of blocks; from that list
//!   come PDF/A ([`press`]), DOCX ([`docx`]) and XLSX ([`sheet`]), so that the three never say different things.
//! * [`workbook`] – plain workbooks: the roster template and exports with marked cells.
//! * [`intake`] – .xlsx and .csv from outside, read as a stream under limits and handed on as events.
//!
//! Everything in data is text: nothing of it is ever read as markup, formula or path.

pub mod docx;
pub mod intake;
pub mod paper;
pub mod press;
pub mod sheet;
pub mod style;
pub mod workbook;

pub use docx::to_docx;
pub use paper::{FillError, Paper, PaperDef};
pub use press::{Press, PressError, to_pdf};
pub use sheet::to_xlsx;
