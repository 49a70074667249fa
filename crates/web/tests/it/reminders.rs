//! Reminders over the page, and a letter through a real mail server on loopback (the one that Debian packages for Python).

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use application::{jobs::run_one, remind::order_reminders};
use axum::http::StatusCode;
use web::config::Config;

use crate::house::House;

/// A mail server that keeps what it takes in a folder; ended with the test.
struct MailServer {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
}

/// Says so when it takes letters, and ends when nobody holds its input any more.
const SERVER: &str = "import sys
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
Controller(Mailbox(sys.argv[2]), hostname='127.0.0.1', port=int(sys.argv[1])).start()
print('ready', flush=True)
sys.stdin.read()";

impl MailServer {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = Command::new("/usr/bin/python3")
            .args(["-c", SERVER, &port.to_string()])
            .arg(folder.path().join("box"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a mail server: .ci/test installs python3-aiosmtpd");
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said.trim(), "ready");
        Self { child, port, folder }
    }

    fn letters(&self) -> Vec<String> {
        let read = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten().map(|one| one.path());
        read(&self.folder.path().join("box/new")).map(|path| std::fs::read_to_string(path).unwrap()).collect()
    }
}

/// What a letter says, as a mail program shows it.
fn content(letter: &str) -> String {
    let (head, body) = letter.split_once("\r\n\r\n").or_else(|| letter.split_once("\n\n")).unwrap();
    assert!(head.contains("Content-Transfer-Encoding: base64"), "{head}");
    let packed: String = body.split_whitespace().collect();
    String::from_utf8(data_encoding::BASE64.decode(packed.as_bytes()).unwrap()).unwrap()
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn a_letter_says_how_many_tasks_wait_and_where_and_nothing_about_them() {
    let server = MailServer::start();
    let config = Config {
        demo: true,
        mail_server: format!("smtp://127.0.0.1:{}", server.port),
        mail_from: "Gương <guong@xa.internal>".to_owned(),
        public_address: "https://guong.xa.internal".to_owned(),
        ..Config::default()
    };
    let (house, _) = House::demo().await;
    let house = house.mailed(config);
    let mut head = house.sign_in("bithu.thon1").await;
    let page = head.get("/nhac-viec").await;
    assert!(page.text.contains("Không nhận thư") && !page.text.contains('⟦'), "{}", page.text);
    let page = head.post("/nhac-viec", &[("pace", "daily"), ("address", "bí thư@xã")]).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("REMIND-002") && page.text.contains("value=\"bí thư@xã\""), "what was typed stays");
    let fields = [("pace", "daily"), ("address", "bi.thu@xa.internal")];
    assert_eq!(head.post("/nhac-viec", &fields).await.location(), Some("/nhac-viec"));

    order_reminders(&house.app).await.unwrap();
    while run_one(&house.app).await.unwrap() {}
    let letters = server.letters();
    let [letter] = &letters[..] else { panic!("{letters:?}") };
    assert!(letter.contains("To: bi.thu@xa.internal") && letter.contains("Message-ID: <"), "{letter}");
    let body = content(letter);
    assert!(body.contains("https://guong.xa.internal/nhac-viec"), "{body}");
    let page = head.get("/nhac-viec").await;
    assert!(page.text.contains("chưa xem") && page.text.contains("Thư gần nhất gửi ngày 01/12/2022"), "{}", page.text);
    for secret in ["Mẫu", "Thôn", "tự kiểm điểm", "/ho-so/"] {
        assert!(!body.contains(secret), "{secret}: {body}");
    }
    assert_eq!(head.post("/nhac-viec/da-xem", &[]).await.location(), Some("/nhac-viec"));
    assert!(!head.get("/nhac-viec").await.text.contains("Đã xem hết</button>"));
    assert_eq!(head.get("/viec-nen").await.status, StatusCode::NOT_FOUND);
    assert!(!page.text.contains("/viec-nen"), "a cell has no business with it");
    let mut clerk = house.sign_in("vanthu").await;
    assert!(clerk.get("/nhac-viec").await.text.contains("href=\"/viec-nen\""));
    let page = clerk.get("/viec-nen").await;
    assert!(
        page.text.contains("Gửi thư nhắc việc") && page.text.contains("Không có công việc nào bị hỏng"),
        "{}",
        page.text
    );
}

#[test]
fn a_mail_server_or_sender_that_cannot_be_is_refused_at_the_start() {
    let wrong = |server: &str, from: &str| {
        let text = format!("mail_server = \"{server}\"\nmail_from = \"{from}\"");
        Config::read(&text, |_| None).map_err(|error| error.to_string())
    };
    assert!(wrong("smtp://127.0.0.1:25", "guong@xa.internal").is_ok());
    assert!(wrong("", "").is_ok());
    assert!(wrong("ftp://127.0.0.1", "guong@xa.internal").unwrap_err().contains("mail_server"));
    let said = wrong("smtp://ten:matkhau@127.0.0.1:25", "không phải").unwrap_err();
    assert!(said.contains("mail_from") && !said.contains("matkhau"), "{said}");
}
