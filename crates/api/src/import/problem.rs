//! What is wrong with a file, cell by cell.

use super::columns::Column;
use casebook::CaseText;
use taxonomy::Language;

/// One thing that must be put right before the file can be imported.
///
/// It shows a cell of the adviser's own file back to her, so like that cell it can be
/// neither printed nor logged by accident.
#[derive(Clone)]
pub(crate) struct Problem {
    /// The row as a spreadsheet numbers it, from 1; 0 when it is about the whole file.
    pub(crate) line: u32,
    /// The column; `None` when it is about a whole row or file.
    pub(crate) column: Option<Column>,
    /// What stands there; empty when nothing does.
    pub(crate) value: CaseText,
    /// What may stand there, if that is a closed list.
    pub(crate) allowed: Vec<&'static str>,
    /// What is wrong.
    pub(crate) kind: ProblemKind,
}

/// Every way in which a file can be wrong.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub(crate) enum ProblemKind {
    /// There is nothing in the file.
    EmptyFile,
    /// The file is larger than any list of cases.
    FileTooLarge,
    /// Text in another encoding than UTF-8.
    NotUtf8,
    /// Text in UTF-16, the "Unicode text" of Excel.
    Utf16,
    /// Bytes that are no text.
    NotText,
    /// A workbook of before 2007, or one with a password.
    OldWorkbook,
    /// A workbook that cannot be read.
    UnreadableWorkbook,
    /// A workbook that swells beyond the bounds when it is unpacked.
    WorkbookTooLarge,
    /// A workbook with a document type declaration, which no spreadsheet program writes.
    WorkbookWithDeclarations,
    /// A workbook without a visible worksheet.
    NoWorksheet,
    /// A cell with contents far outside the table.
    FarCell,
    /// More rows than one file may have.
    TooManyRows,
    /// No row with column names.
    NoHeader,
    /// Column names, and nothing under them.
    NoRows,
    /// A column that is not in the format.
    UnknownColumn,
    /// A column that must be there and is not.
    MissingColumn,
    /// A column that is there twice.
    DuplicateColumn,
    /// A cell to the right of the last column name.
    CellWithoutColumn,
    /// So many problems that the rest is left out.
    TooManyProblems,
    /// An empty cell where something must stand.
    MissingValue,
    /// A code that is not in the list.
    UnknownCode,
    /// The heading of a group where one of its details is asked.
    GroupHeading,
    /// Several codes where one is asked.
    SeveralCodes,
    /// Not a date, or not in one of the two forms.
    NotADate,
    /// A date that the calendar does not have.
    NoSuchDate,
    /// A date outside the years that a case can be of.
    DateOutOfRange,
    /// A date where text is asked: the spreadsheet program turned a code into a date.
    DateInText,
    /// A time of day where a number is asked.
    TimeOfDay,
    /// Not a yes and not a no.
    NotYesNo,
    /// Not a number in plain digits.
    NotANumber,
    /// A number below zero or above this bound.
    NumberOutOfRange(u32),
    /// Not a year in four digits.
    NotAYear,
    /// More characters than a cell may have.
    CellTooLong,
    /// A line break or another invisible character in a cell.
    ControlCharacter,
    /// A formula that went wrong, such as `#N/A`.
    FormulaError,
    /// Closed before it began.
    ClosedBeforeIntake,
    /// Closed before the report year in which it is said to go on.
    ClosedBeforeYear,
    /// A new case whose first contact is not in the report year.
    IntakeOutsideYear,
    /// A case carried over whose first contact is not before the report year.
    CarriedOverFromSameYear,
    /// It does not belong with the adviser, and the matter is missing.
    MatterMissing,
    /// It does not belong with the adviser, and yet there is behaviour.
    BehaviourOutOfScope,
    /// It belongs with the adviser, and yet there is a matter that does not.
    MatterInScope,
    /// A ground without discrimination.
    GroundWithoutDiscrimination,
    /// No closing date, and yet an outcome.
    OutcomeWhileOpen,
    /// A closing date, and yet still going on.
    OngoingWhileClosed,
    /// No closing date, and yet a closing reason.
    ReasonWhileOpen,
    /// A closing date, and yet the reason says that it is open.
    NoReasonWhileClosed,
    /// No closing date, and yet a phase that comes after closing.
    ClosedPhaseWhileOpen,
    /// Integrity, for an organisation that did not appoint the adviser for that.
    IntegrityWithoutRole,
    /// A case code that stands on an earlier line too.
    DuplicateCase(u32),
    /// Another organisation than on an earlier line.
    OtherOrganisation(u32),
}

impl ProblemKind {
    /// The stable name of this kind.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::EmptyFile => "empty-file",
            Self::FileTooLarge => "file-too-large",
            Self::NotUtf8 => "not-utf8",
            Self::Utf16 => "utf16",
            Self::NotText => "not-text",
            Self::OldWorkbook => "old-workbook",
            Self::UnreadableWorkbook => "unreadable-workbook",
            Self::WorkbookTooLarge => "workbook-too-large",
            Self::WorkbookWithDeclarations => "workbook-with-declarations",
            Self::NoWorksheet => "no-worksheet",
            Self::FarCell => "far-cell",
            Self::TooManyRows => "too-many-rows",
            Self::NoHeader => "no-header",
            Self::NoRows => "no-rows",
            Self::UnknownColumn => "unknown-column",
            Self::MissingColumn => "missing-column",
            Self::DuplicateColumn => "duplicate-column",
            Self::CellWithoutColumn => "cell-without-column",
            Self::TooManyProblems => "too-many-problems",
            Self::MissingValue => "missing-value",
            Self::UnknownCode => "unknown-code",
            Self::GroupHeading => "group-heading",
            Self::SeveralCodes => "several-codes",
            Self::NotADate => "not-a-date",
            Self::NoSuchDate => "no-such-date",
            Self::DateOutOfRange => "date-out-of-range",
            Self::DateInText => "date-in-text",
            Self::TimeOfDay => "time-of-day",
            Self::NotYesNo => "not-yes-no",
            Self::NotANumber => "not-a-number",
            Self::NumberOutOfRange(_) => "number-out-of-range",
            Self::NotAYear => "not-a-year",
            Self::CellTooLong => "cell-too-long",
            Self::ControlCharacter => "control-character",
            Self::FormulaError => "formula-error",
            Self::ClosedBeforeIntake => "closed-before-intake",
            Self::ClosedBeforeYear => "closed-before-year",
            Self::IntakeOutsideYear => "intake-outside-year",
            Self::CarriedOverFromSameYear => "carried-over-from-same-year",
            Self::MatterMissing => "matter-missing",
            Self::BehaviourOutOfScope => "behaviour-out-of-scope",
            Self::MatterInScope => "matter-in-scope",
            Self::GroundWithoutDiscrimination => "ground-without-discrimination",
            Self::OutcomeWhileOpen => "outcome-while-open",
            Self::OngoingWhileClosed => "ongoing-while-closed",
            Self::ReasonWhileOpen => "reason-while-open",
            Self::NoReasonWhileClosed => "no-reason-while-closed",
            Self::ClosedPhaseWhileOpen => "closed-phase-while-open",
            Self::IntegrityWithoutRole => "integrity-without-role",
            Self::DuplicateCase(_) => "duplicate-case",
            Self::OtherOrganisation(_) => "other-organisation",
        }
    }
}

impl Problem {
    /// The problem as one plain sentence: where, what stands there, what may stand there.
    pub(crate) fn sentence(&self, language: Language) -> CaseText {
        let mut sentence = String::new();
        let place = match (language, self.line, self.column) {
            (_, 0, None) => String::new(),
            (Language::Nl, 0, Some(column)) => format!("Kolom {}: ", column.name()),
            (Language::En, 0, Some(column)) => format!("Column {}: ", column.name()),
            (Language::Nl, line, None) => format!("Regel {line}: "),
            (Language::En, line, None) => format!("Line {line}: "),
            (Language::Nl, line, Some(column)) => format!("Regel {line}, kolom {}: ", column.name()),
            (Language::En, line, Some(column)) => format!("Line {line}, column {}: ", column.name()),
        };
        sentence.push_str(&place);
        if !self.value.is_empty() {
            sentence.push('"');
            // EXPOSE: the adviser must recognise the cell in her own file; the sentence is case text again.
            sentence.push_str(self.value.expose());
            sentence.push_str("\" ");
        }
        sentence.push_str(&self.kind.words(language));
        if !self.allowed.is_empty() {
            sentence.push_str(match language {
                Language::Nl => " Toegestaan: ",
                Language::En => " Allowed: ",
            });
            sentence.push_str(&self.allowed.join(", "));
            sentence.push('.');
        }
        // A sentence without a place or a value begins with its first word.
        if self.line == 0
            && self.column.is_none()
            && self.value.is_empty()
            && let Some(first) = sentence.chars().next()
        {
            sentence.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
        }
        CaseText::new(sentence)
    }
}
