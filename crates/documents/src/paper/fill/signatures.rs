//! The block of signatures.

use super::super::def::{SignaturesDef, SignerDef};
use super::super::{Recipients, Signatures, Signer};
use super::{FillError, Path, Scope, text_of};
use crate::style::Style;

pub(super) fn fill(def: &SignaturesDef, style: &Style, scope: &mut Scope<'_>) -> Result<Signatures, FillError> {
    let recipients = def.recipients.as_ref().map(|path| recipients(path, style, scope)).transpose()?;
    let mut columns = Vec::new();
    for column in &def.column {
        if !scope.holds_all(column.when.as_ref(), None) {
            continue;
        }
        match &column.each {
            None => columns.push(signer(column, scope)?),
            Some(each) => {
                for (at, element) in scope.list(each)?.iter().enumerate() {
                    scope.enter("signer", element, at);
                    columns.push(signer(column, scope)?);
                    scope.leave();
                }
            }
        }
    }
    Ok(Signatures { recipients, columns })
}

fn recipients(path: &Path, style: &Style, scope: &Scope<'_>) -> Result<Recipients, FillError> {
    let lines = scope.list(path)?.iter().map(|line| text_of(line, path)).collect::<Result<_, _>>()?;
    Ok(Recipients { title: style.recipients_title.clone(), lines })
}

fn signer(def: &SignerDef, scope: &Scope<'_>) -> Result<Signer, FillError> {
    let mut authority = def.authority.iter().map(|line| scope.words(line)).collect::<Result<Vec<_>, _>>()?;
    authority.retain(|line| !line.is_empty());
    let (date, note, name) = (scope.words(&def.date)?, scope.words(&def.note)?, scope.words(&def.name)?);
    Ok(Signer { date, authority, note, name })
}
