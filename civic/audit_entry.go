package civic

import "time"

// AuditEntry is a record of what an actor did.
type AuditEntry struct {
	ID        int64
	At        time.Time
	ActorKind ActorKind
	ActorName string // of an operator; otherwise ""
	ActorID   int64  // of a contact or an account; otherwise 0
	Action    Action
	ThingID   int64  // 0 for an action on many things
	ImportID  int32  // 0 for none
	Before    string // state; "" for none
	After     string // state; "" for none
	Reason    string // "" for none, or an erased one
}

// AuditQuery selects entries of the audit. A zero field sets no condition.
type AuditQuery struct {
	Action  Action
	ThingID int64
	Actor   string    // part of the name
	From    time.Time // the first time
	Until   time.Time // the first time that is too late
	Before  int64     // the id of an entry, of which earlier ones are selected
	Limit   int
}
