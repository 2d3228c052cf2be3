package keyring_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestVerifyReturnsWhatWasSigned(t *testing.T) {
	r := create(t)
	for _, values := range [][]int64{{}, {0}, {1, -1}, {math.MaxInt64, math.MinInt64, 7}} {
		token := r.Sign("test", values...)
		got, ok := r.Verify("test", token)
		if diff := cmp.Diff(values, got, cmpopts.EquateEmpty()); diff != "" || !ok {
			t.Errorf("Verify(Sign(%v)): %t (-want +got):\n%s", values, ok, diff)
		}
		if _, ok := r.Verify("another", token); ok {
			t.Errorf("the token of %v is valid for another purpose", values)
		}
		if _, ok := create(t).Verify("test", token); ok {
			t.Errorf("the token of %v is valid with another key", values)
		}
	}
}

func TestVerifyRefusesEveryChangedToken(t *testing.T) {
	r := create(t)
	token := r.Sign("test", 12345, 678)
	for i := range token {
		for _, c := range "Aa0_" {
			changed := token[:i] + string(c) + token[i+1:]
			if _, ok := r.Verify("test", changed); ok && changed != token {
				t.Errorf("%s is valid, where %s was signed", changed, token)
			}
		}
		if _, ok := r.Verify("test", token[:i]); ok {
			t.Errorf("the first %d characters are valid", i)
		}
	}
	if _, ok := r.Verify("test", token+"="); ok {
		t.Error("a token with padding is valid")
	}
}

func FuzzVerify(f *testing.F) {
	r := create(f)
	f.Add(r.Sign("test", 1, 2))
	f.Add("")
	f.Add("AAAAAAAAAAAAAAAAAAAAAA")
	f.Fuzz(func(t *testing.T, token string) {
		values, ok := r.Verify("test", token)
		if ok && r.Sign("test", values...) != token {
			t.Fatalf("%q is valid, and not what was signed", token)
		}
	})
}
