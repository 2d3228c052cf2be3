package store

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/pinezka/pinezka/civic"
)

var (
	//go:embed sql/mail_question.sql
	mailQuestionSQL string
	//go:embed sql/mail_decision.sql
	mailDecisionSQL string
)

// MailQuestion returns the question that the token of a mail of the district
// answers. It returns civic.ErrNotFound for a token that is not valid.
func (s *Store) MailQuestion(ctx context.Context, d *civic.District, token string) (civic.Question, error) {
	contact, thing, err := s.mailToken(d, answerPurpose, token)
	if err != nil {
		return civic.Question{}, err
	}
	return readQuestion(ctx, s.readPool, d, contact, thing)
}

// AnswerByMail answers the question of a token, as the contact to whom it was sent.
// It does nothing when the question is answered.
func (s *Store) AnswerByMail(ctx context.Context, d *civic.District, token, text string) error {
	contact, thing, err := s.mailToken(d, answerPurpose, token)
	if err != nil {
		return err
	}
	c := civic.Command{Action: civic.Answer, Things: []int64{thing}, Text: text}
	return s.doByMail(ctx, d, contact, thing, &c, func(tx pgx.Tx) (bool, error) {
		q, err := readQuestion(ctx, tx, d, contact, thing)
		return !q.Answered, err
	})
}

// MailDecision returns the decision to which the token of a mail of the district
// objects. It returns civic.ErrNotFound for a token that is not valid.
func (s *Store) MailDecision(ctx context.Context, d *civic.District, token string) (civic.Decision, error) {
	contact, entry, err := s.mailToken(d, objectPurpose, token)
	if err != nil {
		return civic.Decision{}, err
	}
	decision, err := readDecision(ctx, s.readPool, d, contact, entry)
	return decision.Decision, err
}

// ObjectByMail objects to the decision of a token, as the contact to whom it was
// sent. It does nothing when the decision is not open.
func (s *Store) ObjectByMail(ctx context.Context, d *civic.District, token, text string) error {
	contact, entry, err := s.mailToken(d, objectPurpose, token)
	if err != nil {
		return err
	}
	decision, err := readDecision(ctx, s.readPool, d, contact, entry)
	if err != nil {
		return err
	}
	c := civic.Command{
		Action: civic.Report, Things: []int64{decision.thing}, Text: text,
		Report: civic.NewReport{Kind: civic.Objection, Ground: civic.OtherGround, ContactID: contact, Decision: entry},
	}
	if decision.hidden {
		c.Action = civic.Object
	}
	return s.doByMail(ctx, d, contact, decision.thing, &c, func(tx pgx.Tx) (bool, error) {
		now, err := readDecision(ctx, tx, d, contact, entry)
		return now.Open(), err
	})
}

// mailToken returns the contact and the second value of a token.
func (s *Store) mailToken(d *civic.District, purpose, token string) (contact, value int64, err error) {
	if s.keys != nil {
		if values, ok := s.keys.Verify(purpose, token); ok && len(values) == 3 && values[0] == int64(d.ID) {
			return values[1], values[2], nil
		}
	}
	return 0, 0, fmt.Errorf("the link of a mail: %w", civic.ErrNotFound)
}

// doByMail carries out a command of a contact if that is still open, which it judges
// with the thing locked, so that a form that is sent twice acts once.
func (s *Store) doByMail(ctx context.Context, d *civic.District, contact, thing int64, c *civic.Command, isOpen func(pgx.Tx) (bool, error)) error {
	if err := c.Check(); err != nil {
		return err
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if err := lockDistrict(ctx, tx, d); err != nil {
			return err
		}
		if _, err := lockThings(ctx, tx, d, []int64{thing}); err != nil {
			return err
		}
		if open, err := isOpen(tx); err != nil || !open {
			return err
		}
		_, err := do(ctx, tx, d, civic.Actor{Kind: civic.Contact, ID: contact}, *c)
		return err
	})
	if err != nil {
		return fmt.Errorf("%s by the link of a mail in %s: %w", c.Action, d.Slug, civicError(err))
	}
	return nil
}

func readQuestion(ctx context.Context, from querier, d *civic.District, contact, thing int64) (q civic.Question, err error) {
	args := pgx.NamedArgs{"district": d.ID, "contact": contact, "thing": thing}
	err = from.QueryRow(ctx, mailQuestionSQL, args).Scan(&q.Title, &q.Text, &q.Answered)
	return q, readError("question", err)
}

// mailDecision is a decision with its thing, and whether it was to hide that.
type mailDecision struct {
	civic.Decision
	thing  int64
	hidden bool
}

func readDecision(ctx context.Context, from querier, d *civic.District, contact, entry int64) (m mailDecision, err error) {
	args := pgx.NamedArgs{"district": d.ID, "contact": contact, "entry": entry, "months": civic.ObjectionMonths}
	var reason string
	err = from.QueryRow(ctx, mailDecisionSQL, args).Scan(&m.thing, &m.hidden, &m.Title, &reason, &m.At, &m.Objected, &m.Changed, &m.Late)
	var because civic.Wording
	if err == nil {
		err = json.Unmarshal([]byte(reason), &because)
	}
	m.Reason, m.ReasonIn = because.Text, because.In
	return m, readError("decision", err)
}

// readError returns the error of reading what a mail is about: civic.ErrNotFound when
// its contact was erased.
func readError(what string, err error) error {
	if err != nil {
		return fmt.Errorf("read the %s of a mail: %w", what, civicError(err))
	}
	return nil
}
