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
