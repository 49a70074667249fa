//! Thư nhắc việc through a mail server of the organisation. A letter says how many tasks wait and where to sign in, nothing else.

use std::sync::Arc;
use std::time::Duration;

use application::ports::{Letter, Mailer, NotSent};
use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::transport::smtp::Error as SmtpError;
use lettre::{Message, SmtpTransport, Transport};

use crate::config::Config;
use crate::locale::Translator;

/// How long a mail server may be silent.
const PATIENCE: Duration = Duration::from_secs(20);

struct SmtpMailer {
    server: SmtpTransport,
    from: Mailbox,
    /// Where one signs in; empty when the installation does not know its address.
    address: String,
    t: Translator,
}

fn transport(config: &Config) -> Result<SmtpTransport, SmtpError> {
    Ok(SmtpTransport::from_url(&config.mail_server)?.timeout(Some(PATIENCE)).build())
}

/// Whether what is said of mail makes sense.
///
/// # Errors
/// The key at fault.
pub fn check(config: &Config) -> Result<(), &'static str> {
    if config.mail_server.is_empty() {
        return Ok(());
    }
    transport(config).map_err(|_| "mail_server")?;
    config.mail_from.parse::<Mailbox>().map(drop).map_err(|_| "mail_from")
}

/// The mailer of an installation that names a server.
#[must_use]
pub fn mailer(config: &Config) -> Option<Arc<dyn Mailer>> {
    if config.mail_server.is_empty() {
        return None;
    }
    let (server, from) = (transport(config).ok()?, config.mail_from.parse().ok()?);
    let (address, t) = (config.public_address.clone(), Translator::new(config.locale()));
    Some(Arc::new(SmtpMailer { server, from, address, t }))
}

impl SmtpMailer {
    fn message(&self, letter: &Letter) -> Result<Message, String> {
        let counts = [("new", letter.new), ("soon", letter.soon), ("late", letter.late)];
        let mut args: Vec<(String, String)> =
            counts.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect();
        args.push(("n".to_owned(), counts.iter().map(|(_, value)| value).sum::<usize>().to_string()));
        args.push(("address".to_owned(), format!("{}/nhac-viec", self.address)));
        let lines = counts.iter().filter(|(_, value)| *value > 0);
        let lines: Vec<String> = lines.map(|(name, value)| self.t.one(&format!("mail-{name}"), "n", value)).collect();
        let way = if self.address.is_empty() { "mail-way-known" } else { "mail-way" };
        let greeting = self.t.get("mail-greeting");
        let body = [greeting, lines.join("\n"), self.t.with(way, &args), self.t.get("mail-foot")].join("\n\n");
        let to = letter.address.parse::<Mailbox>().map_err(|error| error.to_string())?;
        let domain = self.from.email.domain();
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(self.t.with("mail-subject", &args))
            .message_id(Some(format!("<{}@{domain}>", letter.id)))
            .header(ContentType::TEXT_PLAIN)
            .body(body)
            .map_err(|error| error.to_string())
    }
}

impl Mailer for SmtpMailer {
    fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let message = self.message(letter).map_err(NotSent::ForGood)?;
        match self.server.send(&message) {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(NotSent::ForGood(error.to_string())),
            Err(error) => Err(NotSent::ForNow(error.to_string())),
        }
    }
}
