//! The columns of the import format, in the order of the example file.

macro_rules! columns {
    ($($(#[doc = $doc:literal])* $variant:ident $name:literal $presence:ident,)*) => {
        /// One column of the format.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(usize)]
        pub(crate) enum Column {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Column {
            /// Every column.
            pub(crate) const ALL: &[Self] = &[$(Self::$variant),*];

            /// The name in the header row.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// Whether a file without this column is refused. What may be left out
            /// are the questions that the profession itself calls optional, and marks
            /// that an adviser may not use at all.
            pub(crate) fn required(self) -> bool {
                match self { $(Self::$variant => columns!(@ $presence)),* }
            }
        }
    };
    (@ required) => { true };
    (@ optional) => { false };
}

columns! {
    /// The code under which the case was known.
    CaseCode "case_code" required,
    /// The organisation, by the adviser's own mark; one per file.
    OrgCode "org_code" optional,
    /// The report year the row was counted in.
    ReportYear "report_year" required,
    /// Whether the case came from an earlier year.
    CarriedOver "carried_over" required,
    /// Date of first contact.
    IntakeDate "intake_date" required,
    /// Date of closing; empty while open.
    ClosedDate "closed_date" required,
    /// Where the case stands.
    Phase "phase" required,
    /// How the first contact came in.
    ContactChannel "contact_channel" required,
    /// How the reporter found the adviser.
    FoundVia "found_via" optional,
    /// The reporter's part.
    ReporterRole "reporter_role" required,
    /// Level of the reporter.
    ReporterPosition "reporter_position" required,
    /// Gender of the reporter.
    Gender "gender" optional,
    /// Age group of the reporter.
    AgeBand "age_band" optional,
    /// Kind of employment.
    ContractType "contract_type" required,
    /// Salary group.
    SalaryGroup "salary_group" optional,
    /// Department, by its short name.
    Department "department" optional,
    /// Whether the matter belongs with the adviser.
    InScope "in_scope" required,
    /// What it is about when it does not.
    NonBelonging "non_belonging" required,
    /// Behaviour, main types and sub-types.
    Behaviours "behaviours" required,
    /// Grounds of discrimination.
    DiscriminationGrounds "discrimination_grounds" required,
    /// Position of the person reported on.
    AccusedRelation "accused_relation" required,
    /// How often it happened.
    Frequency "frequency" required,
    /// Contact moments in the report year.
    ContactMoments "contact_moments" required,
    /// Hours in the report year.
    Hours "hours" required,
    /// What the adviser did.
    Interventions "interventions" required,
    /// Where the reporter was referred to.
    Referrals "referrals" required,
    /// How it ended.
    Outcome "outcome" required,
    /// Why it was closed.
    ClosingReason "closing_reason" required,
    /// What aftercare brought.
    AftercareResult "aftercare_result" required,
    /// Whether a second adviser was involved.
    SecondVpo "second_vpo" optional,
    /// Ground that was weighed for breaking confidentiality.
    DutyBasisAssessed "duty_basis_assessed" optional,
    /// Where that procedure stands.
    BreachProcedure "breach_procedure" optional,
    /// Private word that ties cases together.
    Cluster "cluster" optional,
}

impl Column {
    /// The column with this header, whatever its case and the space around it.
    pub(crate) fn named(header: &str) -> Option<Self> {
        let header = header.trim();
        Self::ALL.iter().copied().find(|column| column.name().eq_ignore_ascii_case(header))
    }

    /// The names of all columns.
    pub(crate) fn names() -> Vec<&'static str> {
        Self::ALL.iter().map(|column| column.name()).collect()
    }
}
