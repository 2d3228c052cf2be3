package civic

import "time"

// ReportKind is a kind of reports. The zero value is none.
type ReportKind uint8

// The kinds of reports.
const (
	ContentNotice  ReportKind = iota + 1 // that something should not be public, or not so
	ErasureRequest                       // of somebody whom a text names
	Objection                            // of a reporter to a decision
)

var reportKindNames = []string{ContentNotice: "notice", ErasureRequest: "erasure", Objection: "objection"}

// ParseReportKind returns the kind with the lower-case name s, or ErrInvalid.
func ParseReportKind(s string) (ReportKind, error) {
	return parseEnum[ReportKind](reportKindNames, s, "kind of report")
}

// String returns the name that ParseReportKind reads.
func (k ReportKind) String() string { return enumName(reportKindNames, k) }

// Ground is why somebody reports a thing. The zero value is none.
type Ground uint8

// The grounds, in the order of the form.
const (
	PersonalData Ground = iota + 1
	Illegal
	Insult
	FalseClaim
	Spam
	OtherGround
)

var groundNames = []string{PersonalData: "personal_data", Illegal: "illegal", Insult: "insult", FalseClaim: "false", Spam: "spam", OtherGround: "other"}

// Grounds returns all grounds.
func Grounds() []Ground {
	return []Ground{PersonalData, Illegal, Insult, FalseClaim, Spam, OtherGround}
}

// ParseGround returns the ground with the lower-case name s, or ErrInvalid.
func ParseGround(s string) (Ground, error) { return parseEnum[Ground](groundNames, s, "ground") }

// String returns the name that ParseGround reads.
func (g Ground) String() string { return enumName(groundNames, g) }

// NewReport is what the commands Report and Object add to their text.
type NewReport struct {
	Kind      ReportKind
	Ground    Ground
	Name      string // optional
	Email     string // optional; never published
	Language  string // of the page, for mail
	ContactID int64  // of the address, which the store sets
	Decision  int64  // entry of the audit to which an Objection is, which the store sets; 0 for the last that hid the thing
}

// MaxReporterName is the length of the name of whoever reports in code points.
const MaxReporterName = 100

// Check returns the report with clean texts, or all its faults at once, as
// Faults, in the order of the form.
func (n NewReport) Check() (NewReport, error) {
	n.Name, n.Email = cleanLine(n.Name), cleanLine(n.Email)
	var f Faults
	if n.Kind == 0 {
		f = append(f, Fault{"kind", "missing", "a kind is needed"})
	}
	if n.Ground == 0 {
		f = append(f, Fault{"ground", "missing", "choose a ground"})
	}
	f = append(f, checkText("name", n.Name, 0, MaxReporterName)...)
	f = append(f, checkEmail(n.Email)...)
	return n, f.Err()
}

// ClosedReport is what the command CloseReport adds to its reason.
type ClosedReport struct {
	ID     int64
	Upheld bool // whether something was done
}

// OpenReport is a report that waits for a decision, or had one.
type OpenReport struct {
	ID         int64
	ThingID    int64
	Kind       ReportKind
	Ground     Ground
	Name       string
	HasContact bool // whether somebody will be told
	Text       string
	DecidedBy  Actor // of an objection: who decided; without grants
	ReportedAt time.Time
	ClosedAt   time.Time // zero while it is open
	Upheld     bool
	Reason     string // of the decision
	ReasonIn   Text   // a template that it is, by language; nil for none
}

// MayClose reports whether the actor may decide about the report: about an
// objection, whoever did not make the decision.
func (r OpenReport) MayClose(a Actor) bool {
	return r.Kind != Objection || a.Kind != r.DecidedBy.Kind || a.ID != r.DecidedBy.ID || a.Name != r.DecidedBy.Name
}
