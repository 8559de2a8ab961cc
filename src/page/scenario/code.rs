//! What a code span beside a choice says: a condition, effects, or a mark.

use std::ops::Range;

use super::lex::{LARGEST, Name, Names, Token, tokens};
use super::{Change, Comparison, Competency, Condition, Domain, Effect, Gain, Operand, Variable};
use crate::diag::Diagnostic;
use crate::diag::codes::Code;
use crate::diag::suggest::nearest;
use crate::source::FileId;

/// Conditions nested deeper than this are a mistake, and would only fill the stack.
const DEEPEST: usize = 16;

/// So many names are offered where none is near.
const FEW: usize = 6;

/// What may be referred to.
#[derive(Debug)]
pub struct Scope<'s> {
    /// The text that is read.
    pub file: FileId,
    /// All names.
    pub names: Names,
    /// The declared variables.
    pub variables: &'s [Variable],
    /// The declared competencies.
    pub competencies: &'s [Competency],
}

/// What one code span says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clause {
    /// `若 信任 >= 40`
    When(Condition),
    /// `否则`
    Else,
    /// `信任 +20`
    Changes(Vec<Effect>, Vec<Gain>),
    /// `一次`
    Once,
    /// `超时`
    Timeout,
    /// `限时 20 秒`
    Limit(u32),
}

/// Why a code span says nothing.
#[derive(Debug)]
enum Problem {
    /// It has no such form.
    Form,
    /// A name that is not declared.
    Unknown(String),
    /// A yes-or-no where a number belongs, or the other way round.
    Type(String),
    /// A value that the variable can never have.
    Range(String, i32, i32),
}

/// Reads a code span.
///
/// # Errors
/// Where it has no meaning beside a choice.
pub fn read(code: &str, span: &Range<usize>, scope: &Scope<'_>) -> Result<Clause, Diagnostic> {
    let tokens = tokens(code, &scope.names);
    let mut reader = Reader {
        scope,
        span,
        tokens: &tokens,
        at: 0,
        depth: 0,
    };
    reader
        .clause()
        .map_err(|problem| diagnostic(problem, code, span, scope))
}

fn diagnostic(problem: Problem, code: &str, span: &Range<usize>, scope: &Scope<'_>) -> Diagnostic {
    let at = |id| Diagnostic::at(id, scope.file, span.clone());
    match problem {
        Problem::Form => at(Code::ScenarioCode).with("code", code.trim()),
        Problem::Unknown(name) => {
            let near = nearest(&name, scope.names.all());
            let near = if near.is_empty() {
                declared(scope)
            } else {
                near
            };
            at(Code::ScenarioName).with("name", name).suggest(&near)
        }
        Problem::Type(name) => at(Code::ScenarioType)
            .with("code", code.trim())
            .with("name", name),
        Problem::Range(name, least, most) => at(Code::ScenarioRange)
            .with("name", name)
            .with("least", least.to_string())
            .with("most", most.to_string()),
    }
}

/// All declared names, where there are few: two letters are never near to two others.
fn declared(scope: &Scope<'_>) -> Vec<String> {
    let variables = scope.variables.iter().filter(|one| !one.span.is_empty());
    let names = variables.map(|one| &one.name);
    let names = names.chain(scope.competencies.iter().map(|one| &one.name));
    let names: Vec<String> = names.cloned().collect();
    if names.len() <= FEW {
        names
    } else {
        Vec::new()
    }
}

struct Reader<'r> {
    scope: &'r Scope<'r>,
    span: &'r Range<usize>,
    tokens: &'r [Token],
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    fn accept(&mut self, token: &Token) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn end<T>(&self, value: T) -> Result<T, Problem> {
        match self.peek() {
            None => Ok(value),
            Some(Token::Unknown(name)) => Err(Problem::Unknown(name.clone())),
            Some(_) => Err(Problem::Form),
        }
    }

    fn clause(&mut self) -> Result<Clause, Problem> {
        let marks = [
            (Token::Else, Clause::Else),
            (Token::Once, Clause::Once),
            (Token::Timeout, Clause::Timeout),
        ];
        for (token, clause) in marks {
            if self.accept(&token) {
                return self.end(clause);
            }
        }
        if self.accept(&Token::If) {
            let condition = self.any()?;
            return self.end(Clause::When(condition));
        }
        if self.accept(&Token::Limit) {
            return self.limit();
        }
        self.changes()
    }

    fn limit(&mut self) -> Result<Clause, Problem> {
        let Some(Token::Number(seconds @ 1..=3600)) = self.take() else {
            return Err(Problem::Form);
        };
        self.accept(&Token::Seconds);
        self.end(Clause::Limit(seconds.unsigned_abs()))
    }

    fn any(&mut self) -> Result<Condition, Problem> {
        let mut any = vec![self.all()?];
        while self.accept(&Token::Or) {
            any.push(self.all()?);
        }
        Ok(one_or(any, Condition::Any))
    }

    fn all(&mut self) -> Result<Condition, Problem> {
        let mut all = vec![self.not()?];
        while self.accept(&Token::And) {
            all.push(self.not()?);
        }
        Ok(one_or(all, Condition::All))
    }

    fn not(&mut self) -> Result<Condition, Problem> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Problem::Form);
        }
        let condition = if self.accept(&Token::Not) {
            Condition::Not(Box::new(self.not()?))
        } else if self.accept(&Token::Open) {
            let inner = self.any()?;
            if !self.accept(&Token::Close) {
                return self.end(inner).and(Err(Problem::Form));
            }
            inner
        } else {
            self.comparison()?
        };
        self.depth -= 1;
        Ok(condition)
    }

    fn comparison(&mut self) -> Result<Condition, Problem> {
        let left = self.operand()?;
        let Some(Token::Compare(comparison)) = self.peek().cloned() else {
            return match left {
                Value::Variable(at) if self.domain(at) == Domain::Flag => Ok(is(at, 1)),
                Value::Variable(at) => Err(Problem::Type(self.name(at))),
                Value::Number(_) | Value::Flag(_) => Err(Problem::Form),
            };
        };
        self.at += 1;
        let right = self.operand()?;
        self.check_types(left, right, comparison)?;
        Ok(Condition::Compare(
            left.operand(),
            comparison,
            right.operand(),
        ))
    }

    /// Numbers compare with numbers; a yes or no is only equal or not.
    fn check_types(
        &self,
        left: Value,
        right: Value,
        comparison: Comparison,
    ) -> Result<(), Problem> {
        let is_flag = |value: Value| match value {
            Value::Variable(at) => self.domain(at) == Domain::Flag,
            Value::Flag(_) => true,
            Value::Number(_) => false,
        };
        let named = [left, right].into_iter().find_map(|value| match value {
            Value::Variable(at) => Some(self.name(at)),
            _ => None,
        });
        let Some(name) = named else {
            return Err(Problem::Form);
        };
        let ordered = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if is_flag(left) != is_flag(right) || (is_flag(left) && ordered) {
            return Err(Problem::Type(name));
        }
        Ok(())
    }

    fn operand(&mut self) -> Result<Value, Problem> {
        let negative = self.accept(&Token::Minus);
        match self.take() {
            Some(Token::Number(number)) if number <= LARGEST => {
                Ok(Value::Number(if negative { -number } else { number }))
            }
            Some(Token::Name(Name::Variable(at))) if !negative => Ok(Value::Variable(at)),
            Some(Token::Flag(flag)) if !negative => Ok(Value::Flag(flag)),
            // A competency decides nothing.
            Some(Token::Name(Name::Competency(at))) => {
                Err(Problem::Type(self.scope.competencies[at].name.clone()))
            }
            Some(Token::Unknown(name)) => Err(Problem::Unknown(name)),
            _ => Err(Problem::Form),
        }
    }

    fn changes(&mut self) -> Result<Clause, Problem> {
        let (mut effects, mut gains) = (Vec::new(), Vec::new());
        loop {
            match self.take() {
                Some(Token::Name(Name::Variable(at))) => effects.push(self.effect(at)?),
                Some(Token::Name(Name::Competency(at))) => gains.push(self.gain(at)?),
                Some(Token::Unknown(name)) => return Err(Problem::Unknown(name)),
                _ => return Err(Problem::Form),
            }
            if self.peek().is_none() {
                return Ok(Clause::Changes(effects, gains));
            }
            if !self.accept(&Token::Comma) {
                return self.end(()).and(Err(Problem::Form));
            }
        }
    }

    fn effect(&mut self, variable: usize) -> Result<Effect, Problem> {
        let change = match (self.sign()?, self.domain(variable)) {
            (Sign::By(sign), Domain::Number { .. }) => Change::Add(sign * self.number(variable)?),
            (Sign::By(_), Domain::Flag) => return Err(Problem::Type(self.name(variable))),
            (Sign::To, Domain::Flag) => match self.take() {
                Some(Token::Flag(flag)) => Change::Set(i32::from(flag)),
                _ => return Err(Problem::Type(self.name(variable))),
            },
            (Sign::To, Domain::Number { least, most }) => {
                let sign = if self.accept(&Token::Minus) { -1 } else { 1 };
                let value = sign * self.number(variable)?;
                if !(least..=most).contains(&value) {
                    return Err(Problem::Range(self.name(variable), least, most));
                }
                Change::Set(value)
            }
        };
        Ok(Effect {
            span: self.span.clone(),
            variable,
            change,
        })
    }

    fn gain(&mut self, competency: usize) -> Result<Gain, Problem> {
        match (self.sign()?, self.take()) {
            (Sign::By(sign), Some(Token::Number(number @ 1..=LARGEST))) => {
                let by = sign * number;
                Ok(Gain {
                    span: self.span.clone(),
                    competency,
                    by,
                })
            }
            _ => Err(Problem::Form),
        }
    }

    fn sign(&mut self) -> Result<Sign, Problem> {
        let sign = match self.take() {
            Some(Token::Plus) => Sign::By(1),
            Some(Token::Minus) => Sign::By(-1),
            Some(Token::Compare(Comparison::Equal)) => return Ok(Sign::To),
            _ => return Err(Problem::Form),
        };
        // `+=` is what programmers write.
        self.accept(&Token::Compare(Comparison::Equal));
        Ok(sign)
    }

    fn number(&mut self, variable: usize) -> Result<i32, Problem> {
        match self.take() {
            Some(Token::Number(number)) if number <= LARGEST => Ok(number),
            Some(Token::Flag(_)) => Err(Problem::Type(self.name(variable))),
            _ => Err(Problem::Form),
        }
    }

    fn domain(&self, variable: usize) -> Domain {
        self.scope.variables[variable].domain
    }

    fn name(&self, variable: usize) -> String {
        self.scope.variables[variable].name.clone()
    }
}

/// A value as it is written.
#[derive(Debug, Clone, Copy)]
enum Value {
    Variable(usize),
    Number(i32),
    Flag(bool),
}

impl Value {
    fn operand(self) -> Operand {
        match self {
            Self::Variable(at) => Operand::Variable(at),
            Self::Number(number) => Operand::Number(number),
            Self::Flag(flag) => Operand::Number(i32::from(flag)),
        }
    }
}

/// Whether a change counts from the value so far.
#[derive(Debug, Clone, Copy)]
enum Sign {
    By(i32),
    To,
}

fn is(variable: usize, value: i32) -> Condition {
    Condition::Compare(
        Operand::Variable(variable),
        Comparison::Equal,
        Operand::Number(value),
    )
}

fn one_or(mut all: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    match all.pop() {
        Some(one) if all.is_empty() => one,
        last => {
            all.extend(last);
            several(all)
        }
    }
}
