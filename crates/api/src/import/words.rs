//! What each kind of problem says, in Dutch and in English: what is wrong, and what
//! to do about it. Each sentence goes on after the place and the value in quotes.

use super::problem::ProblemKind;
use super::{MAX_CELL_CHARS, MAX_FILE_BYTES, MAX_ROWS};
use taxonomy::Language;

impl ProblemKind {
    /// The second half of the sentence.
    pub(super) fn words(self, language: Language) -> String {
        let (nl, en) = self.templates();
        let template = match language {
            Language::Nl => nl,
            Language::En => en,
        };
        let number = match self {
            Self::NumberOutOfRange(most) => most as usize,
            Self::DuplicateCase(first) | Self::OtherOrganisation(first) => first as usize,
            Self::FileTooLarge => MAX_FILE_BYTES / (1024 * 1024),
            Self::TooManyRows => MAX_ROWS as usize,
            Self::CellTooLong => MAX_CELL_CHARS,
            _ => return template.to_owned(),
        };
        template.replace("{n}", &number.to_string())
    }

    /// Dutch and English; `{n}` is the number that goes with the kind.
    fn templates(self) -> (&'static str, &'static str) {
        match self {
            Self::EmptyFile => ("het bestand is leeg.", "the file is empty."),
            Self::NotUtf8 => (
                "hier staan tekens die niet in UTF-8 zijn. Kies in Excel Opslaan als, CSV UTF-8, of geef de werkmap (.xlsx).",
                "there are characters here that are not UTF-8. In Excel choose Save as, CSV UTF-8, or give the workbook (.xlsx).",
            ),
            Self::Utf16 => (
                "het bestand is in UTF-16. Kies in Excel Opslaan als, CSV UTF-8, of geef de werkmap (.xlsx).",
                "the file is in UTF-16. In Excel choose Save as, CSV UTF-8, or give the workbook (.xlsx).",
            ),
            Self::NotText => (
                "het bestand is geen CSV en geen Excel-werkmap (.xlsx).",
                "the file is neither CSV nor an Excel workbook (.xlsx).",
            ),
            Self::OldWorkbook => (
                "de werkmap is van vóór 2007 of heeft een wachtwoord. Sla hem in Excel op als .xlsx zonder wachtwoord.",
                "the workbook is from before 2007 or has a password. Save it in Excel as .xlsx without a password.",
            ),
            Self::UnreadableWorkbook => (
                "de werkmap is niet te lezen. Open hem in Excel en sla hem opnieuw op als .xlsx.",
                "the workbook cannot be read. Open it in Excel and save it again as .xlsx.",
            ),
            Self::WorkbookTooLarge => (
                "de werkmap is uitgepakt veel te groot voor een lijst met zaken en is daarom niet gelezen.",
                "the workbook is far too large for a list of cases once unpacked, and was therefore not read.",
            ),
            Self::WorkbookWithDeclarations => (
                "in de werkmap staan documentdefinities die geen rekenprogramma maakt; hij is daarom niet gelezen.",
                "the workbook has document definitions that no spreadsheet program makes; it was therefore not read.",
            ),
            Self::NoWorksheet => {
                ("de werkmap heeft geen zichtbaar werkblad.", "the workbook has no visible worksheet.")
            }
            Self::FarCell => (
                "hier staat iets ver buiten de tabel. Maak de cellen onder en naast de tabel leeg.",
                "there is something here far outside the table. Empty the cells below and beside the table.",
            ),
            Self::NoHeader => (
                "er is geen rij met kolomnamen gevonden. Zet de kolomnamen op de eerste regel.",
                "no row with column names was found. Put the column names on the first line.",
            ),
            Self::NoRows => ("onder de kolomnamen staat geen enkele zaak.", "there is no case under the column names."),
            Self::UnknownColumn => ("is geen bekende kolom.", "is not a known column."),
            Self::MissingColumn => ("deze kolom ontbreekt.", "this column is missing."),
            Self::DuplicateColumn => ("deze kolom staat er twee keer in.", "this column is there twice."),
            Self::CellWithoutColumn => (
                "staat rechts van de laatste kolom. Een scheidingsteken binnen een cel hoort tussen aanhalingstekens.",
                "stands to the right of the last column. A separator inside a cell belongs between quotes.",
            ),
            Self::TooManyProblems => (
                "verder zijn er nog meer fouten, die niet zijn genoemd.",
                "there are more problems, which are not listed.",
            ),
            Self::MissingValue => ("hier moet iets staan.", "something must stand here."),
            Self::UnknownCode => ("is geen bekende code.", "is not a known code."),
            Self::GroupHeading => {
                ("is een groep; kies een code die preciezer is.", "is a group; choose a more precise code.")
            }
            Self::SeveralCodes => ("hier past één code.", "one code fits here."),
            Self::NotADate => {
                ("is geen datum. Schrijf 2025-03-14 of 14-03-2025.", "is not a date. Write 2025-03-14 or 14-03-2025.")
            }
            Self::NoSuchDate => ("bestaat niet op de kalender.", "does not exist on the calendar."),
            Self::DateOutOfRange => ("ligt niet tussen 1990 en 2100.", "is not between 1990 and 2100."),
            Self::DateInText => (
                "is een datum waar tekst hoort. Zet in Excel een ' voor de code.",
                "is a date where text belongs. In Excel put a ' before the code.",
            ),
            Self::TimeOfDay => (
                "hier staat een tijd. Schrijf uren als getal, bijvoorbeeld 1,5.",
                "there is a time here. Write hours as a number, for example 1.5.",
            ),
            Self::NotYesNo => ("is geen ja of nee.", "is neither yes nor no."),
            Self::NotANumber => (
                "is geen getal. Schrijf alleen cijfers; uren mogen een komma of een punt hebben, bijvoorbeeld 6,5.",
                "is not a number. Write digits only; hours may have a comma or a point, for example 6.5.",
            ),
            Self::NotAYear => ("is geen jaar. Schrijf het in vier cijfers.", "is not a year. Write it in four digits."),
            Self::ControlCharacter => (
                "in de cel staat een regeleinde of een ander onzichtbaar teken.",
                "the cell holds a line break or another invisible character.",
            ),
            Self::FormulaError => (
                "hier staat een formule die fout gaat. Vervang haar door de waarde.",
                "there is a formula here that fails. Replace it by its value.",
            ),
            Self::ClosedBeforeIntake => ("ligt vóór het eerste contact.", "is before the first contact."),
            Self::ClosedBeforeYear => (
                "ligt vóór het verslagjaar, dus de zaak kan daarin niet doorlopen.",
                "is before the report year, so the case cannot go on in it.",
            ),
            Self::IntakeOutsideYear => (
                "ligt niet in het verslagjaar. Een zaak uit een eerder jaar heeft carried_over yes.",
                "is not in the report year. A case of an earlier year has carried_over yes.",
            ),
            Self::CarriedOverFromSameYear => (
                "ligt niet vóór het verslagjaar, terwijl carried_over yes is.",
                "is not before the report year, while carried_over is yes.",
            ),
            Self::MatterMissing => (
                "in_scope is no, dus hier moet staan waarover het ging.",
                "in_scope is no, so what it was about must stand here.",
            ),
            Self::BehaviourOutOfScope => ("kan niet bij in_scope no.", "cannot go with in_scope no."),
            Self::MatterInScope => ("kan niet bij in_scope yes.", "cannot go with in_scope yes."),
            Self::GroundWithoutDiscrimination => {
                ("kan alleen bij discriminatie in behaviours.", "can only go with discrimination in behaviours.")
            }
            Self::OutcomeWhileOpen => (
                "kan niet zonder closed_date; een open zaak heeft ongoing.",
                "cannot go without closed_date; an open case has ongoing.",
            ),
            Self::OngoingWhileClosed => ("kan niet bij een closed_date.", "cannot go with a closed_date."),
            Self::ReasonWhileOpen => (
                "kan niet zonder closed_date; een open zaak heeft not_closed.",
                "cannot go without closed_date; an open case has not_closed.",
            ),
            Self::NoReasonWhileClosed => ("kan niet bij een closed_date.", "cannot go with a closed_date."),
            Self::ClosedPhaseWhileOpen => ("kan niet zonder closed_date.", "cannot go without closed_date."),
            Self::IntegrityWithoutRole => (
                "hoort bij een vertrouwenspersoon integriteit, en dat bent u voor deze organisatie niet. Gebruik in_scope no met integrity_no_vpi.",
                "belongs with an integrity adviser, which you are not for this organisation. Use in_scope no with integrity_no_vpi.",
            ),
            Self::NumberOutOfRange(_) => ("valt buiten 0 tot en met {n}.", "is outside 0 to {n}."),
            Self::DuplicateCase(_) => (
                "staat ook al op regel {n}. Elke zaak mag één keer in het bestand staan.",
                "is on line {n} too. Each case may be in the file once.",
            ),
            Self::OtherOrganisation(_) => (
                "is een andere organisatie dan op regel {n}. Maak per organisatie een eigen bestand.",
                "is another organisation than on line {n}. Make one file for each organisation.",
            ),
            Self::FileTooLarge => (
                "het bestand is groter dan {n} MB. Splits het, of haal eruit wat er niet in hoort.",
                "the file is larger than {n} MB. Split it, or take out what does not belong in it.",
            ),
            Self::TooManyRows => (
                "het bestand heeft meer dan {n} rijen. Splits het per jaar.",
                "the file has more than {n} rows. Split it by year.",
            ),
            Self::CellTooLong => (
                "de cel heeft meer dan {n} tekens. Er horen alleen codes en korte namen in.",
                "the cell has more than {n} characters. It holds codes and short names only.",
            ),
        }
    }
}
