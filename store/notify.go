package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/notice.sql
	noticeSQL string
	//go:embed sql/notify.sql
	notifySQL string
)

// notifyArgs are the arguments of a job that queues the mails which follow from an
// entry of the audit.
type notifyArgs struct {
	District int32 `json:"district"`
	Entry    int64 `json:"entry"`
}

// Kind returns the name of the kind of job.
func (notifyArgs) Kind() string { return "notify" }

const (
	noticeQueue       = "notices"
	maxNotifyAttempts = 11
)

// queueNotify queues, in the transaction of the actions, a job for each of their
// entries, which is due when they can no longer be taken back. Without entries, it
// is for the one that the transaction has recorded last, at once.
func queueNotify(b *pgx.Batch, d *civic.District, entries []int64) {
	after := civic.UndoWindow
	if entries == nil {
		after = 0
	}
	b.Queue(`
		insert into river_job (args, kind, max_attempts, queue, scheduled_at, state)
		select jsonb_build_object('district', @district::int, 'entry', entry), @job, @attempts, @queue, now() + @after::interval,
		  (case when @after::interval > interval '0' then 'scheduled' else 'available' end)::river_job_state
		from unnest(coalesce(@entries::bigint[], array[currval(pg_get_serial_sequence('audit', 'audit_id'))])) as entry`,
		pgx.NamedArgs{
			"district": d.ID, "entries": entries, "after": after,
			"job": notifyArgs{}.Kind(), "attempts": maxNotifyAttempts, "queue": noticeQueue,
		})
}

// notifyWorker queues the mails that follow from actions: one for each recipient,
// so that a failed attempt or a failed mail repeats no other.
type notifyWorker struct {
	river.WorkerDefaults[notifyArgs]

	pool *pgxpool.Pool
}

// Work queues the mails that follow from an entry.
func (w *notifyWorker) Work(ctx context.Context, job *river.Job[notifyArgs]) error {
	err := pgx.BeginFunc(ctx, w.pool, func(tx pgx.Tx) error {
		return notify(ctx, tx, &civic.District{ID: job.Args.District}, job.Args.Entry)
	})
	if err != nil {
		return fmt.Errorf("tell of entry %d: %w", job.Args.Entry, err)
	}
	return nil
}

// told is an entry of the audit with what is known of its thing now.
type told struct {
	action      civic.Action
	after       string // the state to which the action led; "" for none
	actor       civic.ActorKind
	actorID     int64
	thing       int64
	kind        civic.ThingKind
	publication civic.Publication
	status      string
	countedOnly bool   // whether the public knows only counts of the thing
	undone      bool   // whether the action was taken back
	reopened    int    // how often the thing was moved back to an earlier state, such as opened again
	role        string // of the account that acted; "" for others
	self        int64  // the contact who has acted, or who has the address of the account that has; 0 for none
	into        int64  // what the thing was merged into; 0 for nothing that is public
	reporter    int64  // 0 if unknown
	confirmed   bool   // whether the address of the reporter is
	hiddenSent  bool   // whether the reporter was told that the thing is hidden
}

// notify queues the mails that follow from an entry of the audit, as far as that is
// still true.
func notify(ctx context.Context, tx pgx.Tx, d *civic.District, entry int64) error {
	e, err := readTold(ctx, tx, d, entry)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil // the thing was erased
	}
	if err != nil {
		return err
	}
	if err := errors.Join(tellOfExchange(ctx, tx, d, e, entry), tellRegistered(ctx, tx, d, e, entry)); err != nil {
		return err
	}
	effects, err := e.effects(ctx, tx, d, entry)
	if err != nil {
		return err
	}
	for _, effect := range effects {
		if err := notify(ctx, tx, d, effect); err != nil {
			return err
		}
	}
	known := append(effects, entry)
	if err := tellCameOf(ctx, tx, d, e, entry, known); err != nil {
		return err
	}
	n, ok := e.notice()
	if !ok {
		return nil
	}
	if e.action == civic.Meet {
		if err := askVoices(ctx, tx, d, e, entry); err != nil {
			return err
		}
	}
	if e.action == civic.Submit && e.reporter != 0 && !e.confirmed && (e.actor != civic.Contact || e.actorID != e.reporter) {
		if err := queueConfirmation(ctx, tx, d, e.reporter, 0, 0); err != nil {
			return err
		}
	}
	if n.Audience&civic.Responsible != 0 && e.actor == civic.Contact {
		if err := tellAdviser(ctx, tx, d, e, entry); err != nil {
			return err
		}
	}
	data := e.data(n.Kind)
	if err := e.addCause(ctx, tx, d, entry, data); err != nil {
		return err
	}
	_, leads := e.kind.Effect(e.did())
	return queueNotices(ctx, tx, d, pgx.NamedArgs{
		"thing": e.thing, "entry": entry, "kind": string(n.Kind), "fact": e.fact(n.Kind, entry), "data": data, "except": []int64{e.contact(n.Kind)},
		"own": n.Audience&civic.OwnReporter != 0, "concerned": n.Audience&civic.Concerned != 0, "selecting": n.Audience&civic.Selecting != 0,
		"selected": []int64{e.thing}, "followed": kindNames(civic.FollowedKinds()), "known": known, "leads": leads,
	})
}

// queueNotices queues the mails that notify.sql describes.
func queueNotices(ctx context.Context, tx pgx.Tx, d *civic.District, args pgx.NamedArgs) error {
	args["heard"] = kindNames(civic.HeardKinds())
	args["district"], args["job"], args["attempts"], args["queue"] = d.ID, sendMailArgs{}.Kind(), maxMailAttempts, mailQueue
	if _, err := tx.Exec(ctx, notifySQL, args); err != nil {
		return fmt.Errorf("queue mails: %w", err)
	}
	return nil
}

func kindNames(kinds []civic.ThingKind) (names []string) {
	for _, k := range kinds {
		names = append(names, k.String())
	}
	return names
}

func readTold(ctx context.Context, tx pgx.Tx, d *civic.District, entry int64) (e told, err error) {
	var action, actor, kind, publication string
	err = tx.QueryRow(ctx, noticeSQL, pgx.NamedArgs{"district": d.ID, "entry": entry}).Scan(
		&action, &e.after, &actor, &e.actorID, &e.thing, &kind, &publication, &e.status, &e.countedOnly,
		&e.undone, &e.reopened, &e.role, &e.self, &e.into, &e.reporter, &e.confirmed, &e.hiddenSent)
	if err != nil {
		return e, fmt.Errorf("read the entry: %w", err)
	}
	var errs [4]error
	e.kind, errs[3] = civic.ParseThingKind(kind)
	e.action, errs[0] = civic.ParseAction(action)
	e.actor, errs[1] = civic.ParseActorKind(actor)
	e.publication, errs[2] = civic.ParsePublication(publication)
	return e, errors.Join(errs[:]...)
}

// did returns what was done: to submit what is public at once is to publish it.
func (e told) did() civic.Action {
	if e.action == civic.Submit && e.after == civic.Published.String() {
		return civic.Publish
	}
	return e.action
}

// notice returns what is told of the entry and to whom, and whether there is
// anything to be told.
func (e told) notice() (civic.Notice, bool) {
	action := e.did()
	n, ok := action.Notice(e.kind)
	if action == civic.PostUpdate && e.role == civic.Council.String() {
		n.Kind = civic.MailAnswered
	}
	switch {
	case !ok, e.undone, !n.Kind.TellsOf(e.kind, e.publication):
		return n, false
	case n.Kind == civic.MailMoved && e.after != e.status:
		return n, false
	case action == civic.Restore && !e.hiddenSent:
		return n, false
	}
	if e.countedOnly {
		n.Audience = civic.OwnReporter
	}
	return n, true
}

// fact returns what is told: nobody receives two mails with the same of one thing.
// That a thing is published is told once, however often it is hidden in between.
func (e told) fact(k civic.MailKind, entry int64) string {
	fact := string(k)
	switch {
	case e.action == civic.Restore, k == civic.MailAsked, k == civic.MailAdvice, k == civic.MailAnswered, k == civic.MailUpdate, k == civic.MailReplied, k == civic.MailHidden:
		return fact + " " + strconv.FormatInt(entry, 10)
	case k == civic.MailMoved:
		return fmt.Sprint(fact, " ", e.after, " ", e.reopened)
	case k == civic.MailReopened:
		return fmt.Sprint(fact, " ", e.reopened)
	case k == civic.MailMerged:
		return fmt.Sprint(fact, " ", e.into)
	}
	return fact
}

// data returns what the mail has besides the thing and the texts of the entry.
func (e told) data(k civic.MailKind) map[string]string {
	data := map[string]string{}
	switch k {
	case civic.MailMoved, civic.MailReopened:
		data["status"] = e.after
	case civic.MailMerged:
		if e.into != 0 {
			data["into"] = strconv.FormatInt(e.into, 10)
		}
	case civic.MailAdvice:
		data["news"] = e.action.String()
	case civic.MailAnswered, civic.MailUpdate:
		data["role"] = e.role
	}
	return data
}

// contact returns the contact who has acted, and so knows of it, or 0. Whoever
// submits something is told that it has arrived all the same.
func (e told) contact(k civic.MailKind) int64 {
	if k == civic.MailReceived || e.action == civic.Submit {
		return 0
	}
	return e.self
}

// addFollows completes a letter to whoever follows something, or has to confirm it.
// It returns a notSentError when that has ended, or when who follows may no longer
// know of the thing.
func (s *Store) addFollows(ctx context.Context, tx pgx.Tx, d delivery, letter *civic.Letter) error {
	if letter.District == nil || d.contact == 0 {
		return nil
	}
	home, district := "/d/"+letter.District.Slug, letter.District.ID
	follow, _ := strconv.ParseInt(letter.Data["follow"], 10, 64) // 0 for none
	end := civic.End{ContactID: d.contact}
	switch {
	case letter.Kind == civic.MailDigest:
		return s.addDigest(ctx, tx, d, letter)
	case letter.Kind == civic.MailConfirm && letter.Data["registration"] != "":
		return nil // which addEvent completes
	case letter.Kind == civic.MailConfirm:
		cadence, _ := civic.ParseCadence(letter.Data["cadence"])
		letter.Links["action"] = home + "/confirm/" + s.confirmToken(district, d.contact, follow, cadence, time.Now())
		return nil
	case follow != 0:
		if letter.Visibility == civic.HexOnly {
			return notSentError{"the thing is only counted now"}
		}
		end.Follow = follow
	case letter.Data["reporter"] != "" && letter.Kind.CanEnd():
		end.Thing = d.thing
	default:
		return nil
	}
	var ended bool
	err := tx.QueryRow(ctx, `
		select exists (
		  select
		  from follows
		  where district_id = @district
		    and contact_id = @contact
		    and (follow_id = @follow or thing_id = @thing)
		    and ended_at is not null
		)`, pgx.NamedArgs{"district": district, "contact": d.contact, "follow": end.Follow, "thing": end.Thing}).Scan(&ended)
	if err != nil {
		return fmt.Errorf("look up the follow: %w", err)
	}
	if ended {
		return notSentError{"it is not followed any more"}
	}
	letter.OneClick = home + "/unsubscribe/" + s.endToken(district, end)
	return nil
}
