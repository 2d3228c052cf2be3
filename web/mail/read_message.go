package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"strings"
)

// readableMessage is what a reader sees of a message of this package.
type readableMessage struct {
	subject, to string
	text        string
	calendar    string // that is attached; "" for none
}

// readMessage returns what a reader sees of a message of this package.
func readMessage(raw []byte) (out readableMessage, err error) {
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return out, fmt.Errorf("read the header: %w", err)
	}
	decoder := new(mime.WordDecoder)
	if out.subject, err = decoder.DecodeHeader(m.Header.Get("Subject")); err == nil {
		out.to, err = decoder.DecodeHeader(m.Header.Get("To"))
	}
	if err != nil {
		return out, fmt.Errorf("decode the header: %w", err)
	}
	return out, out.addPart(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
}

// addPart adds a part of a message, and its own parts.
func (m *readableMessage) addPart(contentType, encoding string, body io.Reader) error {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return fmt.Errorf("read the type of a part: %w", err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(body, params["boundary"])
		for {
			part, err := parts.NextRawPart()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return fmt.Errorf("read a part: %w", err)
			}
			if err := m.addPart(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part); err != nil {
				return err
			}
		}
	}
	if strings.EqualFold(encoding, "base64") {
		body = base64.NewDecoder(base64.StdEncoding, body)
	} else {
		body = quotedprintable.NewReader(body)
	}
	b, err := io.ReadAll(body)
	if err != nil {
		return fmt.Errorf("read a part: %w", err)
	}
	text := strings.ReplaceAll(string(b), "\r\n", "\n")
	switch kind {
	case "text/plain":
		m.text = text
	case "text/calendar":
		m.calendar = text
	}
	return nil
}
