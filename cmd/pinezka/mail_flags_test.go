package main

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pinezka/pinezka/web/mail"
)

func TestMailServer(t *testing.T) {
	file := filepath.Join(t.TempDir(), "password")
	if err := os.WriteFile(file, []byte("from file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const url, from = "https://mapa.example.org", "mapa@example.org"
	for name, test := range map[string]struct {
		flags    mailFlags
		url      string
		variable string
		want     *mail.SMTP
		err      string
	}{
		"none":          {},
		"file":          {mailFlags{smtp: "mail.example.org:587", from: from, user: "u", passwordFile: file}, url, "", &mail.SMTP{Address: "mail.example.org:587", User: "u", Password: "from file"}, ""},
		"environment":   {mailFlags{smtp: "mail.example.org:465", from: from, user: "u", tls: "implicit"}, url, "secret", &mail.SMTP{Address: "mail.example.org:465", User: "u", Password: "secret", TLS: mail.ImplicitTLS}, ""},
		"no sender":     {mailFlags{smtp: "mail.example.org:587"}, url, "", nil, "--smtp-from"},
		"no URL":        {mailFlags{smtp: "mail.example.org:587", from: from}, "", "", nil, "--base-url"},
		"no password":   {mailFlags{smtp: "mail.example.org:587", from: from, user: "u"}, url, "", nil, "password"},
		"unknown mode":  {mailFlags{smtp: "mail.example.org:587", from: from, tls: "ssl"}, url, "", nil, `"ssl"`},
		"no such file":  {mailFlags{smtp: "mail.example.org:587", from: from, user: "u", passwordFile: file + "x"}, url, "", nil, "--smtp-password-file"},
		"not an adress": {mailFlags{smtp: "mail.example.org", from: from}, url, "", nil, "missing port"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(smtpPassword, test.variable)
			got, err := test.flags.server(test.url)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("got %v, want %q", err, test.err)
				}
				return
			}
			if err != nil || (got == nil) != (test.want == nil) || got != nil && *got != *test.want {
				t.Errorf("got %+v, %v, want %+v", got, err, test.want)
			}
		})
	}
}

func TestLocalURL(t *testing.T) {
	for address, want := range map[string]string{"0.0.0.0:8080": "http://localhost:8080", "[::]:80": "http://localhost:80", "127.0.0.1:1": "http://127.0.0.1:1"} {
		tcp, err := net.ResolveTCPAddr("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		if got := localURL(tcp); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}
