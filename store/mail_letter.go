package store

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

// bouncePurpose is what the tokens of deliveries are signed for.
const bouncePurpose = "bounce"

// errNoMailKeys is the error of a store without the keys of the addresses.
var errNoMailKeys = errors.New("there are no keys for addresses")

//go:embed sql/delivery.sql
var deliverySQL string

// delivery is a row of deliveries with what is known of its thing.
type delivery struct {
	letter           civic.Letter
	contact, account int64
	thing, audit     int64
	kind             civic.ThingKind
	publication      string // of the thing; "" when there is no such thing
	visibility       string // of the thing; "" for a kind without one
	status           string // of the thing; "" for a kind without one
	done             bool
	reason, text     civic.Wording // of the action
}

// prepareLetter returns the letter of a delivery, for one more attempt to send it.
// It returns errAlreadySent for one that has an outcome, and a notSentError when
// the mail is no longer true or wanted, which it judges now and not when the mail
// was queued.
func (s *Store) prepareLetter(ctx context.Context, tx pgx.Tx, args sendMailArgs) (civic.Letter, error) {
	d, err := readDelivery(ctx, tx, args)
	if errors.Is(err, pgx.ErrNoRows) || d.done {
		return civic.Letter{}, errAlreadySent // or its recipient was erased
	}
	if err != nil {
		return civic.Letter{}, err
	}
	if s.keys == nil {
		return civic.Letter{}, errNoMailKeys
	}
	r, err := findRecipient(ctx, tx, args.District, d.contact, d.account)
	if errors.Is(err, pgx.ErrNoRows) {
		return civic.Letter{}, notSentError{"there is no such recipient"}
	}
	if err != nil {
		return civic.Letter{}, err
	}
	if d.letter.Kind == civic.MailReceived && !r.confirmed && !r.asked {
		d.letter.Kind = civic.MailConfirm // which has none of the words that somebody sent with the address
	}
	if err := d.judge(r); err != nil {
		return civic.Letter{}, err
	}
	if !r.confirmed && d.letter.Kind.IsOfReport() {
		d.letter.Title = "" // which a visitor wrote
	}
	letter := d.letter
	if letter.To, err = s.keys.Unseal(r.sealed); err != nil {
		return civic.Letter{}, fmt.Errorf("decrypt the address: %w", err)
	}
	letter.Name, letter.Language = r.name, r.language
	letter.Reason, letter.Text = d.reason.For(r.language), d.text.For(r.language)
	if d.kind.Rules().Confidential {
		letter.Title, letter.Reason, letter.Text = "", "", ""
	}
	letter.Token = s.keys.Sign(bouncePurpose, int64(args.District), args.Delivery)
	if err := addOther(ctx, tx, &letter); err != nil {
		return civic.Letter{}, err
	}
	if err := nameProgramme(ctx, tx, d, &letter); err != nil {
		return civic.Letter{}, err
	}
	s.addLinks(d, &letter)
	if err := s.addEvent(ctx, tx, d, &letter); err != nil {
		return civic.Letter{}, err
	}
	if err := s.addFollows(ctx, tx, d, &letter); err != nil {
		return civic.Letter{}, err
	}
	if err := addCauseLink(ctx, tx, &letter); err != nil {
		return civic.Letter{}, err
	}
	if letter.Kind == civic.MailSignIn {
		err = s.addSignIn(ctx, tx, &letter)
	}
	return letter, err
}

// readDelivery reads a delivery, and counts the attempt.
func readDelivery(ctx context.Context, tx pgx.Tx, args sendMailArgs) (d delivery, err error) {
	var district civic.District
	var kind, reason, text, thingKind string
	err = tx.QueryRow(ctx, deliverySQL, args.named()).Scan(
		&kind, &d.contact, &d.account, &d.thing, &d.audit, &d.letter.CreatedAt, &d.letter.Data, &d.done,
		&district.ID, &district.Slug, &district.Name, &district.Languages, &district.TimeZone,
		&d.publication, &d.letter.Title, &d.visibility, &reason, &text, &thingKind, &d.status)
	if err == nil {
		err = errors.Join(json.Unmarshal([]byte(reason), &d.reason), json.Unmarshal([]byte(text), &d.text))
	}
	if err != nil {
		return d, fmt.Errorf("read delivery %d: %w", args.Delivery, err)
	}
	d.letter.Kind, d.letter.Delivery, d.letter.Links = civic.MailKind(kind), args.Delivery, map[string]string{}
	if district.ID != 0 {
		d.letter.District = &district
	}
	if d.visibility != "" {
		d.letter.Visibility, err = civic.ParseVisibility(d.visibility)
	}
	if err == nil && thingKind != "" {
		d.kind, err = civic.ParseThingKind(thingKind)
		d.letter.Data["kind"] = thingKind
	}
	return d, err
}

// judge returns a notSentError unless the recipient may and should be told.
func (d delivery) judge(r recipient) error {
	switch {
	case !r.confirmed && !d.letter.Kind.ToAnybody() && !d.letter.Kind.IsOfReport():
		return notSentError{"the address is not confirmed"}
	case r.bounced && !d.letter.Kind.ToAnybody():
		return notSentError{"mails to the address have bounced"}
	case d.thing == 0:
		return nil
	case d.publication == "":
		return notSentError{"there is no such thing"}
	}
	p, err := civic.ParsePublication(d.publication)
	if err == nil && !d.letter.Kind.TellsOf(d.kind, p) {
		err = notSentError{"it is " + d.publication + " now"}
	}
	if told := d.letter.Data["status"]; err == nil && told != "" && told != d.status {
		err = notSentError{"it is " + d.status + " now"} // of which another mail tells
	}
	return err
}

// What the tokens in the links of mails are signed for, and the values that they
// carry: each begins with the id of the district.
const (
	answerPurpose = "answer question" // contact, thing
	objectPurpose = "object"          // contact, entry of the audit
	betterPurpose = "is it better"    // contact, entry of the audit
)

// addLinks adds the pages that a letter leads to. Only the link and the code of a
// mail that was asked for sign somebody in; the tokens of the others do one thing
// each.
func (s *Store) addLinks(d delivery, letter *civic.Letter) {
	links := letter.Links
	if letter.Kind == civic.MailInvitation {
		links["action"] = "/sign-in"
	}
	if letter.District == nil {
		return
	}
	home := "/d/" + letter.District.Slug
	links["home"] = home
	if d.contact != 0 {
		links["me"] = home + "/me"
	}
	if d.thing != 0 && d.publication == d.kind.Standing().String() && letter.Visibility != civic.HexOnly {
		links["thing"] = pathOf(letter.District, d.kind, d.thing)
	}
	if into := letter.Data["into"]; into != "" {
		links["into"] = home + "/" + d.kind.Plural() + "/" + into
	}
	switch letter.Kind {
	case civic.MailBetter, civic.MailAsked:
		links["action"] = s.answerPath(letter.District, letter.Kind, d.contact, d.thing, d.audit)
	case civic.MailHidden, civic.MailReportClosed:
		result := letter.Data["result"] // of a report: what was not done can be objected to
		if d.audit != 0 && (letter.Kind == civic.MailHidden || result == "kept" || result == "edited") {
			links["object"] = home + "/object/" + s.keys.Sign(objectPurpose, int64(letter.District.ID), d.contact, d.audit)
		}
	}
}

// answerPath returns the path of the page on which a contact answers what a mail of
// the kind asks: about a thing, or since an entry of the audit.
func (s *Store) answerPath(d *civic.District, question civic.MailKind, contact, thing, entry int64) string {
	if question == civic.MailBetter {
		return "/d/" + d.Slug + "/better/" + s.keys.Sign(betterPurpose, int64(d.ID), contact, entry)
	}
	return "/d/" + d.Slug + "/answer/" + s.keys.Sign(answerPurpose, int64(d.ID), contact, thing)
}

// addOther adds the title, the kind and the page of the other thing that a letter
// mentions. It returns a notSentError when that is not public any more.
func addOther(ctx context.Context, tx pgx.Tx, letter *civic.Letter) error {
	id, _ := strconv.ParseInt(letter.Data["other"], 10, 64) // 0 for none
	if id == 0 || letter.District == nil {
		return nil
	}
	found, err := readThings(ctx, tx, letter.District, []int64{id})
	if err != nil {
		return err
	}
	if found[id].Publication != civic.Published {
		return notSentError{"what it mentions is not public now"}
	}
	letter.Data["other"], letter.Data["other_kind"] = found[id].Title, found[id].Kind.String()
	letter.Links["other"] = pathOf(letter.District, found[id].Kind, id)
	return nil
}

// nameProgramme names, in a letter about an enrolment, the programme in place of whoever
// has enrolled.
func nameProgramme(ctx context.Context, tx pgx.Tx, d delivery, letter *civic.Letter) error {
	if d.kind != civic.EnrolmentThing || letter.District == nil {
		return nil
	}
	programmes, err := programmesOf(ctx, tx, letter.District, []int64{d.thing})
	if err != nil {
		return err
	}
	found, err := readThings(ctx, tx, letter.District, []int64{programmes[d.thing]})
	letter.Title = found[programmes[d.thing]].Title
	return err
}

// addSignIn adds the link and the code with which somebody signs in, of which only
// hashes are stored. It returns a notSentError when the request for them has ended.
func (s *Store) addSignIn(ctx context.Context, tx pgx.Tx, letter *civic.Letter) error {
	request, err := strconv.ParseInt(letter.Data["request"], 10, 64)
	if err != nil {
		return fmt.Errorf("the request to sign in: %w", err)
	}
	secrets, err := s.NewSignInLink(ctx, tx, request)
	if errors.Is(err, civic.ErrNotFound) {
		return notSentError{"the request to sign in has ended"}
	}
	if err != nil {
		return err
	}
	letter.Links["action"], letter.Data["code"] = "/sign-in/"+string(secrets.Token), secrets.Code.String()
	return nil
}
