//! Reads the words of an expression into a tree, not yet knowing names.

use super::token::{Token, cut};
use super::{Comparison, Operation, Refused};

/// Deepest nesting accepted, so that no expression can exhaust the stack.
pub const MAXIMUM_DEPTH: usize = 64;

/// Most words and signs accepted in one expression.
const MAXIMUM_WORDS: usize = 1000;

/// A tree as written, each node with its byte offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    pub at: usize,
    pub form: Form,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    Name(String),
    Number(i64),
    Quoted(String),
    Truth(bool),
    Has(String),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
    Compare(Comparison, Box<Node>, Box<Node>),
    Among(Box<Node>, Vec<Node>),
    Compute(Operation, Box<Node>, Box<Node>),
}

/// Reads a whole expression.
pub fn parse(text: &str) -> Result<Node, Refused> {
    let tokens = cut(text)?;
    // A tree is never deeper than its words are many, so this bounds the stack of every later walk.
    if let Some((at, _)) = tokens.get(MAXIMUM_WORDS) {
        let what = format!("biểu thức dài quá {MAXIMUM_WORDS} từ và dấu");
        return Err(Refused::new(*at, "BOOK-050", what, "tách thành nhiều quy tắc ngắn hơn"));
    }
    let mut parser = Parser { tokens, next: 0, end: text.len(), depth: 0 };
    let node = parser.either()?;
    match parser.tokens.get(parser.next) {
        None => Ok(node),
        Some((at, _)) => Err(Refused::new(
            *at,
            "BOOK-045",
            "thừa chữ hoặc dấu sau khi biểu thức đã kết thúc",
            "xoá phần thừa, hoặc nối bằng && hay ||; so sánh không được nối chuỗi như a < b < c",
        )),
    }
}

struct Parser {
    tokens: Vec<(usize, Token)>,
    next: usize,
    end: usize,
    depth: usize,
}

impl Parser {
    fn at(&self) -> usize {
        self.tokens.get(self.next).map_or(self.end, |(at, _)| *at)
    }

    fn take(&mut self, sign: &str) -> bool {
        let found = matches!(self.tokens.get(self.next), Some((_, Token::Sign(found))) if *found == sign);
        self.next += usize::from(found);
        found
    }

    fn need(&mut self, sign: &str) -> Result<(), Refused> {
        let at = self.at();
        if self.take(sign) {
            return Ok(());
        }
        Err(Refused::new(at, "BOOK-046", format!("thiếu dấu “{sign}”"), format!("thêm dấu “{sign}” tại đây")))
    }

    /// Both `||` and `&&` chains are built to the left.
    fn either(&mut self) -> Result<Node, Refused> {
        self.deeper(|parser| {
            let mut left = parser.both()?;
            let mut links = 0;
            while parser.take("||") {
                links += 1;
                parser.not_too_long(links)?;
                let right = parser.both()?;
                left = Node { at: left.at, form: Form::Or(Box::new(left), Box::new(right)) };
            }
            Ok(left)
        })
    }

    fn both(&mut self) -> Result<Node, Refused> {
        let mut left = self.comparison()?;
        let mut links = 0;
        while self.take("&&") {
            links += 1;
            self.not_too_long(links)?;
            let right = self.comparison()?;
            left = Node { at: left.at, form: Form::And(Box::new(left), Box::new(right)) };
        }
        Ok(left)
    }

    fn comparison(&mut self) -> Result<Node, Refused> {
        use Comparison::{AtLeast, AtMost, Equal, Greater, Less, Unequal};
        let left = self.sum()?;
        let signs = [("==", Equal), ("!=", Unequal), ("<=", AtMost), (">=", AtLeast), ("<", Less), (">", Greater)];
        for (sign, comparison) in signs {
            if self.take(sign) {
                let right = self.sum()?;
                return Ok(Node { at: left.at, form: Form::Compare(comparison, Box::new(left), Box::new(right)) });
            }
        }
        if matches!(self.tokens.get(self.next), Some((_, Token::Name(name))) if name == "in") {
            self.next += 1;
            let list = self.list()?;
            return Ok(Node { at: left.at, form: Form::Among(Box::new(left), list) });
        }
        Ok(left)
    }

    fn list(&mut self) -> Result<Vec<Node>, Refused> {
        self.need("[")?;
        let mut list = vec![self.sum()?];
        while self.take(",") {
            list.push(self.sum()?);
        }
        self.need("]")?;
        Ok(list)
    }

    fn sum(&mut self) -> Result<Node, Refused> {
        let mut left = self.product()?;
        let mut links = 0;
        loop {
            let operation = match () {
                () if self.take("+") => Operation::Add,
                () if self.take("-") => Operation::Subtract,
                () => return Ok(left),
            };
            links += 1;
            self.not_too_long(links)?;
            let right = self.product()?;
            left = Node { at: left.at, form: Form::Compute(operation, Box::new(left), Box::new(right)) };
        }
    }

    fn product(&mut self) -> Result<Node, Refused> {
        let mut left = self.single()?;
        let mut links = 0;
        loop {
            let operation = match () {
                () if self.take("*") => Operation::Multiply,
                () if self.take("/") => Operation::Divide,
                () => return Ok(left),
            };
            links += 1;
            self.not_too_long(links)?;
            let right = self.single()?;
            left = Node { at: left.at, form: Form::Compute(operation, Box::new(left), Box::new(right)) };
        }
    }

    fn single(&mut self) -> Result<Node, Refused> {
        let at = self.at();
        if self.take("!") {
            let inner = self.deeper(Self::single)?;
            return Ok(Node { at, form: Form::Not(Box::new(inner)) });
        }
        if self.take("-") {
            let inner = self.deeper(Self::single)?;
            let nought = Node { at, form: Form::Number(0) };
            return Ok(Node { at, form: Form::Compute(Operation::Subtract, Box::new(nought), Box::new(inner)) });
        }
        if self.take("(") {
            let inner = self.either()?;
            self.need(")")?;
            return Ok(inner);
        }
        let token = self.tokens.get(self.next).map(|(_, token)| token.clone());
        self.next += 1;
        let form = match token {
            Some(Token::Name(name)) if name == "true" || name == "false" => Form::Truth(name == "true"),
            Some(Token::Name(name)) if name == "has" => self.has()?,
            Some(Token::Name(name)) => Form::Name(name),
            Some(Token::Number(number)) => Form::Number(number),
            Some(Token::Quoted(text)) => Form::Quoted(text),
            Some(Token::Sign(_)) | None => {
                let mend = "viết tên dữ kiện, số, chuỗi trong ngoặc kép hoặc biểu thức trong ngoặc tại đây";
                return Err(Refused::new(at, "BOOK-047", "thiếu một vế của biểu thức", mend));
            }
        };
        Ok(Node { at, form })
    }

    fn has(&mut self) -> Result<Form, Refused> {
        self.need("(")?;
        let at = self.at();
        let Some((_, Token::Name(name))) = self.tokens.get(self.next).cloned() else {
            return Err(Refused::new(
                at,
                "BOOK-048",
                "has() cần một tên dữ kiện",
                "viết has(tên_dữ_kiện), trong ngoặc là tên, không có ngoặc kép",
            ));
        };
        self.next += 1;
        self.need(")")?;
        Ok(Form::Has(name))
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Result<Node, Refused>) -> Result<Node, Refused> {
        self.depth += 1;
        if self.depth > MAXIMUM_DEPTH {
            return Err(too_deep(self.at()));
        }
        let node = read(self);
        self.depth -= 1;
        node
    }

    fn not_too_long(&self, links: usize) -> Result<(), Refused> {
        if links > MAXIMUM_DEPTH { Err(too_deep(self.at())) } else { Ok(()) }
    }
}

fn too_deep(at: usize) -> Refused {
    let what = format!("biểu thức có quá {MAXIMUM_DEPTH} ngoặc lồng nhau hoặc quá {MAXIMUM_DEPTH} vế nối liền");
    Refused::new(at, "BOOK-049", what, "tách thành nhiều quy tắc ngắn hơn")
}
