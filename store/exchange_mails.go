package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/tell_members.sql
	tellMembersSQL string
	//go:embed sql/taken_up.sql
	takenUpSQL string
)

// memberMail is a mail to those who look after a thing.
type memberMail struct {
	kind  civic.MailKind
	thing int64
	entry int64 // of the audit; 0 for none
	fact  string
	other int64 // the thing that it mentions; 0 for none
	actor int64 // the account that has acted; 0 for none
}

// tellMembers queues a mail to those who look after a thing.
func tellMembers(ctx context.Context, tx pgx.Tx, d *civic.District, m memberMail) error {
	data := map[string]string{}
	if m.other != 0 {
		data["other"] = strconv.FormatInt(m.other, 10)
	}
	_, err := tx.Exec(ctx, tellMembersSQL, pgx.NamedArgs{
		"district": d.ID, "thing": m.thing, "kind": string(m.kind), "entry": m.entry, "fact": m.fact, "data": data, "actor": m.actor,
		"job": sendMailArgs{}.Kind(), "attempts": maxMailAttempts, "queue": mailQueue,
	})
	if err != nil {
		return fmt.Errorf("queue mails to the members: %w", err)
	}
	return nil
}

// tellOfExchange queues the mails that follow when an ask or an offer becomes public,
// or when one is taken up for the other.
func tellOfExchange(ctx context.Context, tx pgx.Tx, d *civic.District, e told, entry int64) error {
	switch {
	case e.publication != civic.Published:
		return nil
	case e.action == civic.AddLink:
		return tellTakenUp(ctx, tx, d, e, entry)
	case (e.kind == civic.AskThing || e.kind == civic.OfferThing) && e.after == civic.Published.String():
		return tellMatches(ctx, tx, d, e.thing, entry)
	}
	return nil
}

// tellMatches tells both sides once of an ask and an offer that fit each other: those
// of the thing of the best one, and those of each other.
func tellMatches(ctx context.Context, tx pgx.Tx, d *civic.District, thing, entry int64) error {
	found, err := matches(ctx, tx, d, []int64{thing})
	if err != nil {
		return err
	}
	for i, m := range found[:min(len(found), mostMatches)] {
		other := m.Other(thing).ID
		mails := []memberMail{{kind: civic.MailMatched, thing: other, entry: entry, fact: fmt.Sprint(civic.MailMatched, " ", thing), other: thing}}
		if i == 0 {
			mails = append(mails, memberMail{kind: civic.MailMatched, thing: thing, entry: entry, fact: fmt.Sprint(civic.MailMatched, " ", other), other: other})
		}
		for _, mail := range mails {
			if err := tellMembers(ctx, tx, d, mail); err != nil {
				return err
			}
		}
	}
	return nil
}

// tellTakenUp tells both sides, and whoever follows where they are, that an offer is
// taken up for an ask, of which the entry has recorded the link.
func tellTakenUp(ctx context.Context, tx pgx.Tx, d *civic.District, e told, entry int64) error {
	var ask, offer int64
	var belonging []int64
	err := tx.QueryRow(ctx, takenUpSQL, pgx.NamedArgs{"district": d.ID, "entry": entry}).Scan(&ask, &offer, &belonging)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil // it was taken back, or is no longer public
	}
	if err != nil {
		return fmt.Errorf("read what is taken up: %w", err)
	}
	actor := int64(0)
	if e.actor == civic.Account {
		actor = e.actorID
	}
	fact := fmt.Sprint(civic.MailTakenUp, " ", ask, " ", offer)
	for _, side := range [][2]int64{{ask, offer}, {offer, ask}} {
		m := memberMail{kind: civic.MailTakenUp, thing: side[0], other: side[1], entry: entry, fact: fact, actor: actor}
		if err := tellMembers(ctx, tx, d, m); err != nil {
			return err
		}
	}
	return queueNotices(ctx, tx, d, pgx.NamedArgs{
		"thing": ask, "entry": entry, "kind": string(civic.MailTakenUp), "fact": fact, "data": map[string]string{"other": strconv.FormatInt(offer, 10)},
		"own": false, "concerned": false, "selecting": true, "selected": belonging, "except": []int64{e.contact(civic.MailTakenUp)},
		"followed": kindNames(civic.ThingKinds()), "known": []int64{entry}, "leads": false,
	})
}
