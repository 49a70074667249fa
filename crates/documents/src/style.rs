//! House styles as data: one file under `forms/styles/` per style, read once.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The styles that are built in, by name.
const STYLES: [(&str, &str); 2] = [
    ("party-2018", include_str!("../../../forms/styles/party-2018.toml")),
    ("state-2020", include_str!("../../../forms/styles/state-2020.toml")),
];

/// A house style: page, fonts, roles of paragraphs and the two-column heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Style {
    /// Fonts in order of preference, first the one that Word shows.
    pub fonts: Vec<String>,
    /// Text that prescribes this style.
    pub source: String,
    /// Margins in millimetres.
    pub margins: Margins,
    /// Word written over the list of recipients.
    pub recipients_title: String,
    /// Roles of paragraphs.
    pub role: BTreeMap<Role, RoleStyle>,
    /// The heading.
    pub heading: HeadingStyle,
}

/// Margins in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Margins {
    /// Upper margin.
    pub top: f64,
    /// Lower margin.
    pub bottom: f64,
    /// Inner margin.
    pub left: f64,
    /// Outer margin.
    pub right: f64,
}

/// What a paragraph is on the page; the style says how it looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Name of the superior body.
    Superior,
    /// Name of the issuing body.
    Issuer,
    /// The star, or what stands in its place.
    Star,
    /// Number and symbol.
    Number,
    /// Name of the party or the state.
    Motto,
    /// Place and date.
    Place,
    /// Kind of paper.
    Title,
    /// What the paper is about.
    Abstract,
    /// Heading of a part.
    Section,
    /// Heading below a part.
    Subsection,
    /// Running text.
    Body,
    /// A labelled field.
    Field,
    /// Small explanation.
    Note,
    /// Text in a table.
    Cell,
    /// Head of a table.
    Head,
    /// Authority and post above a signature.
    Authority,
    /// Name below a signature.
    Signer,
    /// Title of the list of recipients.
    RecipientsTitle,
    /// A recipient.
    Recipient,
    /// Foot of the page.
    Footer,
}

/// How a role looks. Sizes in points, distances in points, indents in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleStyle {
    /// Size of type in points.
    pub size: f64,
    /// Heavy type.
    #[serde(default)]
    pub bold: bool,
    /// Slanted type.
    #[serde(default)]
    pub italic: bool,
    /// Everything in capitals.
    #[serde(default)]
    pub capitals: bool,
    /// Alignment.
    #[serde(default)]
    pub align: Align,
    /// Indent of the first line in millimetres.
    #[serde(default)]
    pub indent: f64,
    /// Distance before, in points.
    #[serde(default)]
    pub before: f64,
    /// Distance after, in points.
    #[serde(default)]
    pub after: f64,
    /// Stays on the page of what follows.
    #[serde(default)]
    pub keep_next: bool,
}

/// Alignment of a paragraph or a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// At the left edge.
    #[default]
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
    /// Flush at both edges.
    Justify,
}

/// The two-column heading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingStyle {
    /// Share of the width of the left column, per cent.
    pub left_share: f64,
    /// Lines of the left column.
    pub left: Vec<HeadingLine>,
    /// Lines of the right column.
    pub right: Vec<HeadingLine>,
}

/// A line of the heading: fixed text, or a field of the heading block.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingLine {
    /// Fixed text.
    #[serde(default)]
    pub text: Option<String>,
    /// Name of the field of the heading block: `superior`, `issuer`, `number` or `place`.
    #[serde(default)]
    pub field: Option<HeadingField>,
    /// Text put before the field when the field is not empty.
    #[serde(default)]
    pub prefix: String,
    /// How it looks.
    pub role: Role,
    /// A rule below.
    #[serde(default)]
    pub rule: bool,
    /// First or second row of the heading; lines of the second row stand level with each other.
    pub row: u8,
}

/// What a heading block gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeadingField {
    /// Superior body.
    Superior,
    /// Issuing body.
    Issuer,
    /// Number and symbol.
    Number,
    /// Place and date.
    Place,
}

/// A style that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StyleError {
    /// No such style.
    #[error("no house style is called `{0}`")]
    Unknown(String),
    /// The file is wrong.
    #[error("house style `{name}`: {fault}")]
    Wrong {
        /// Name of the style.
        name: String,
        /// What is wrong.
        fault: String,
    },
}

impl Style {
    /// The built-in style of that name.
    pub fn named(name: &str) -> Result<Self, StyleError> {
        let text = STYLES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
        Self::parse(name, text.ok_or_else(|| StyleError::Unknown(name.to_owned()))?)
    }

    /// Reads a style.
    pub fn parse(name: &str, text: &str) -> Result<Self, StyleError> {
        let wrong = |fault: String| StyleError::Wrong { name: name.to_owned(), fault };
        let style: Self = toml::from_str(text).map_err(|fault| wrong(fault.to_string()))?;
        for role in Role::ALL {
            if !style.role.contains_key(&role) {
                return Err(wrong(format!("role {role:?} is missing")));
            }
        }
        Ok(style)
    }

    /// How a role looks.
    pub fn of(&self, role: Role) -> RoleStyle {
        self.role.get(&role).copied().unwrap_or(RoleStyle {
            size: 14.0,
            bold: false,
            italic: false,
            capitals: false,
            align: Align::Left,
            indent: 0.0,
            before: 0.0,
            after: 0.0,
            keep_next: false,
        })
    }
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 20] = [
        Self::Superior,
        Self::Issuer,
        Self::Star,
        Self::Number,
        Self::Motto,
        Self::Place,
        Self::Title,
        Self::Abstract,
        Self::Section,
        Self::Subsection,
        Self::Body,
        Self::Field,
        Self::Note,
        Self::Cell,
        Self::Head,
        Self::Authority,
        Self::Signer,
        Self::RecipientsTitle,
        Self::Recipient,
        Self::Footer,
    ];

    /// The name of the role in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Superior => "superior",
            Self::Issuer => "issuer",
            Self::Star => "star",
            Self::Number => "number",
            Self::Motto => "motto",
            Self::Place => "place",
            Self::Title => "title",
            Self::Abstract => "abstract",
            Self::Section => "section",
            Self::Subsection => "subsection",
            Self::Body => "body",
            Self::Field => "field",
            Self::Note => "note",
            Self::Cell => "cell",
            Self::Head => "head",
            Self::Authority => "authority",
            Self::Signer => "signer",
            Self::RecipientsTitle => "recipients_title",
            Self::Recipient => "recipient",
            Self::Footer => "footer",
        }
    }
}
