//! As much of a browser as measuring needs: one connection kept open, cookies, forms.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

/// An answer.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Where it sends one.
    pub location: Option<String>,
    /// Text.
    pub body: String,
}

/// Somebody who is signed in.
#[derive(Debug)]
pub struct Browser {
    address: SocketAddr,
    cookies: BTreeMap<String, String>,
    line: Option<BufReader<TcpStream>>,
}

impl Clone for Browser {
    /// The same person on a connection of his own.
    fn clone(&self) -> Self {
        Self { address: self.address, cookies: self.cookies.clone(), line: None }
    }
}

impl Browser {
    /// Signs in with an account of the samples.
    ///
    /// # Errors
    /// A sentence when the door stays shut.
    pub fn sign_in(address: SocketAddr, login: &str) -> Result<Self, String> {
        const DOOR: &str = "/dang-nhap";
        let mut browser = Self { address, cookies: BTreeMap::new(), line: None };
        let mut fields = hidden(&browser.get(DOOR)?.body);
        fields.push(("login".to_owned(), login.to_owned()));
        fields.push(("passphrase".to_owned(), format!("mau-{login}-nam-2022")));
        let answer = browser.post(DOOR, &fields)?;
        if answer.status == 303 { Ok(browser) } else { Err(format!("{login} cannot sign in: {}", answer.status)) }
    }

    /// Looks at a page.
    ///
    /// # Errors
    /// A sentence when no answer comes.
    pub fn get(&mut self, path: &str) -> Result<Answer, String> {
        self.send(&format!("GET {path} HTTP/1.1\r\n{}\r\n", self.head()))
    }

    /// Sends a form.
    ///
    /// # Errors
    /// A sentence when no answer comes.
    pub fn post(&mut self, path: &str, fields: &[(String, String)]) -> Result<Answer, String> {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let body = pairs.join("&");
        let (origin, length) =
            (format!("Origin: http://{}\r\nSec-Fetch-Site: same-origin\r\n", self.address), body.len());
        let form = "Content-Type: application/x-www-form-urlencoded";
        self.send(&format!(
            "POST {path} HTTP/1.1\r\n{}{origin}{form}\r\nContent-Length: {length}\r\n\r\n{body}",
            self.head()
        ))
    }

    fn head(&self) -> String {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("Host: {}\r\nCookie: {}\r\n", self.address, cookies.join("; "))
    }

    fn send(&mut self, request: &str) -> Result<Answer, String> {
        let kept = self.line.is_some();
        match self.exchange(request) {
            // A connection that the server closed meanwhile is opened anew, once.
            Err(_) if kept => {
                self.line = None;
                self.exchange(request)
            }
            answer => answer,
        }
        .map_err(|fault| fault.to_string())
    }

    fn exchange(&mut self, request: &str) -> std::io::Result<Answer> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => {
                let stream = TcpStream::connect_timeout(&self.address, PATIENCE)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                BufReader::new(stream)
            }
        };
        line.get_mut().write_all(request.as_bytes())?;
        let (answer, cookies, stays) = read(&mut line)?;
        self.cookies.extend(cookies);
        if stays {
            self.line = Some(line);
        }
        Ok(answer)
    }
}

/// Name and value of cookies.
type Cookies = Vec<(String, String)>;

/// An answer, the cookies it sets, and whether the connection stays open.
fn read(line: &mut impl BufRead) -> std::io::Result<(Answer, Cookies, bool)> {
    let bad = || std::io::Error::other("not an answer of HTTP/1.1");
    let mut text = String::new();
    line.read_line(&mut text)?;
    let status = text.split_whitespace().nth(1).and_then(|status| status.parse().ok()).ok_or_else(bad)?;
    let mut answer = Answer { status, ..Answer::default() };
    let (mut cookies, mut length, mut chunked, mut stays) = (Vec::new(), 0, false, true);
    loop {
        let mut header = String::new();
        line.read_line(&mut header)?;
        let Some((name, value)) = header.trim_end().split_once(':') else { break };
        match (name.to_ascii_lowercase().as_str(), value.trim()) {
            ("content-length", value) => length = value.parse().map_err(|_| bad())?,
            ("transfer-encoding", _) => chunked = true,
            ("connection", "close") => stays = false,
            ("location", value) => answer.location = Some(value.to_owned()),
            ("set-cookie", value) => {
                let pair = value.split(';').next().and_then(|pair| pair.split_once('='));
                cookies.extend(pair.map(|(name, value)| (name.to_owned(), value.to_owned())));
            }
            _ => {}
        }
    }
    let mut body = Vec::new();
    if chunked {
        read_chunks(line, &mut body)?;
    } else {
        line.take(length).read_to_end(&mut body)?;
    }
    answer.body = String::from_utf8_lossy(&body).into_owned();
    Ok((answer, cookies, stays))
}

fn read_chunks(line: &mut impl BufRead, body: &mut Vec<u8>) -> std::io::Result<()> {
    loop {
        let mut size = String::new();
        line.read_line(&mut size)?;
        let size = u64::from_str_radix(size.trim(), 16).map_err(std::io::Error::other)?;
        line.by_ref().take(size).read_to_end(body)?;
        line.read_line(&mut String::new())?;
        if size == 0 {
            return Ok(());
        }
    }
}

/// Hidden fields of a page.
pub(super) fn hidden(body: &str) -> Vec<(String, String)> {
    let tags = body.split("<input ").skip(1).filter_map(|part| part.split('>').next());
    let hidden = tags.filter(|tag| tag.contains("type=\"hidden\"") && !tag.contains("\"tiep\""));
    hidden.filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?))).collect()
}

/// Names of the long texts of a page.
pub(super) fn text_areas(body: &str) -> Vec<String> {
    body.split("<textarea ").skip(1).filter_map(|part| attribute(part.split('>').next()?, "name")).collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split('"').next().map(str::to_owned)
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_with_its_cookies_in_one_piece_or_in_chunks() {
        let plain = "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 5\r\n\r\nhello";
        let (answer, cookies, stays) = read(&mut plain.as_bytes()).unwrap();
        assert_eq!((answer.status, answer.body.as_str(), stays), (200, "hello", true));
        assert_eq!(cookies, [("a".to_owned(), "b".to_owned())]);
        let chunks = "HTTP/1.1 303 See Other\r\nLocation: /x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        let (answer, ..) = read(&mut chunks.as_bytes()).unwrap();
        assert_eq!((answer.body.as_str(), answer.location.as_deref()), ("abcde", Some("/x")));
        assert!(read(&mut "nonsense\r\n\r\n".as_bytes()).is_err());
    }

    #[test]
    fn hidden_fields_and_long_texts_of_a_form_are_found() {
        let body = "<input type=\"hidden\" name=\"token\" value=\"t\"><input name=\"x\" value=\"y\"><textarea id=\"a\" name=\"a\">";
        assert_eq!(hidden(body), [("token".to_owned(), "t".to_owned())]);
        assert_eq!(text_areas(body), ["a"]);
        assert_eq!(encoded("ă b"), "%C4%83%20b");
    }
}
