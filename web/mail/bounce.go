package mail

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"regexp"
	"strings"

	"github.com/pinezka/pinezka/civic"
)

// The limits of what ReadBounce reads.
const (
	maxBounce = 1 << 20 // bytes
	maxParts  = 20      // of the report, without those of the returned message
	maxBlocks = 100     // recipients of a report
)

// Bounce is a report that a mail could not be delivered.
type Bounce struct {
	Token   string // of the letter
	Status  string // enhanced status code (RFC 3463), such as "5.1.1"
	Failed  bool   // whether the server has given up
	Unknown bool   // whether the address receives no mails
}

// tokenInAddress matches the token that withToken adds to an address, and that of
// a Message-ID.
var (
	tokenInAddress = regexp.MustCompile(`\+([A-Za-z0-9_-]{16,256})@`)
	tokenInID      = regexp.MustCompile(`^<([A-Za-z0-9_-]{16,256})@[^<>\s]+>$`)
	statusCode     = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}\b`)
)

// ReadBounce reads a message that reports the delivery of one of ours (RFC 3464),
// of which it takes the first MiB. The token is in the address to which the message
// was sent, or in the headers of the message that it returns: the text and the
// subject are never searched. It returns civic.ErrInvalid for any other message,
// such as that somebody is on holiday.
func ReadBounce(r io.Reader) (Bounce, error) {
	b, err := readBounce(bufio.NewReader(io.LimitReader(r, maxBounce)))
	if err == nil && b.Status == "" {
		err = errors.New("it states no status of a recipient")
	}
	if err == nil && b.Token == "" {
		err = errors.New("it names no mail of ours")
	}
	if err != nil {
		return Bounce{}, fmt.Errorf("not a report of a mail that was not delivered: %w: %w", civic.ErrInvalid, err)
	}
	return b, nil
}

func readBounce(r *bufio.Reader) (b Bounce, err error) {
	if line, err := r.Peek(5); err == nil && string(line) == "From " { // of an mbox, as procmail and others pass it on
		if _, err := r.ReadSlice('\n'); err != nil {
			return b, err //nolint:wrapcheck // ReadBounce says what it reads
		}
	}
	header, err := textproto.NewReader(r).ReadMIMEHeader()
	if err != nil {
		return b, err //nolint:wrapcheck // ReadBounce says what it reads
	}
	b.Token = findToken(header, "To", "Delivered-To", "X-Original-To", "Envelope-To")
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return b, err //nolint:wrapcheck // ReadBounce says what it reads
	}
	if kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return b, fmt.Errorf("its type is %q", kind)
	}
	parts := multipart.NewReader(r, params["boundary"])
	for range maxParts {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) { // long bounces are cut
			return b, nil
		}
		if err != nil {
			return b, err //nolint:wrapcheck // ReadBounce says what it reads
		}
		kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type"))
		switch kind {
		case "message/delivery-status", "message/global-delivery-status":
			b.readStatus(textproto.NewReader(bufio.NewReader(part)))
		case "message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global", "message/global-headers":
			returned, _ := textproto.NewReader(bufio.NewReader(part)).ReadMIMEHeader() // what there is of them
			if b.Token == "" {
				b.Token = findToken(returned, "Return-Path", "Message-Id")
			}
		}
	}
	return b, nil
}

// readStatus reads the blocks of a delivery status: one of the message, then one
// of each recipient, of which ours have one. It keeps the first that failed, or
// else the last.
func (b *Bounce) readStatus(r *textproto.Reader) {
	for range maxBlocks {
		block, err := r.ReadMIMEHeader()
		if status := statusCode.FindString(block.Get("Status")); status != "" && !b.Failed {
			b.Status = status
			b.Failed = strings.EqualFold(strings.TrimSpace(block.Get("Action")), "failed")
			b.Unknown = b.Failed && isUnknownRecipient(status)
		}
		if err != nil {
			return
		}
	}
}

// findToken returns the token in the first of the headers that has one.
func findToken(header textproto.MIMEHeader, names ...string) string {
	for _, name := range names {
		for _, value := range header.Values(name) {
			if found := tokenInAddress.FindStringSubmatch(value); found != nil {
				return found[1]
			}
			if found := tokenInID.FindStringSubmatch(strings.TrimSpace(value)); found != nil && name == "Message-Id" {
				return found[1]
			}
		}
	}
	return ""
}
