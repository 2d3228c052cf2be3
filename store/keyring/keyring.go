// Package keyring holds the keys that personal data in the database is
// encrypted and hashed with. They are in a file outside the database, so that
// neither the database nor a backup of it shows an address.
//
// From each key, HKDF derives one key for each purpose: for AES-256-GCM, for
// the hashes of each label and for the tokens of each purpose.
package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"sync/atomic"
)

// ErrUnknownKey is the error of Unseal and Use for a key that is not in the
// file.
var ErrUnknownKey = errors.New("the key is not in the file of keys")

// Ring is the keys of a file. It is safe for concurrent use. When it needs a key
// that it does not have, it reads the file again if that has changed.
type Ring struct {
	path   string
	reload sync.Mutex
	keys   atomic.Pointer[keys]
}

// keys are the keys of a file at one time, newest first.
type keys struct {
	all   []key
	inUse int // index of the key that seals, hashes and signs
	file  fs.FileInfo
}

// key is one key of the file.
type key struct {
	id     string // 8 hexadecimal digits
	secret []byte // keySize bytes
	aead   cipher.AEAD
}

const (
	keySize  = 32 // bytes
	idSize   = 4  // bytes of the id of a key in front of what it sealed
	hashSize = sha256.Size
)

// The purposes of derived keys. No purpose is a prefix of another.
const (
	sealPurpose = "pinezka seal"
	hashPurpose = "pinezka hash "
	signPurpose = "pinezka sign "
	markPurpose = "pinezka mark"
)

// Open reads the keys in the file at path. The first key in it is in use until
// Use chooses another. It returns an error for a file that other users of the
// machine may read, or that its group may write.
func Open(path string) (*Ring, error) {
	r := &Ring{path: path}
	all, err := readFile(path)
	if err != nil {
		return nil, err
	}
	r.keys.Store(all)
	return r, nil
}

// Path returns the path of the file.
func (r *Ring) Path() string { return r.path }

// KeyID returns the id of the key in use.
func (r *Ring) KeyID() string { return r.current().id }

// KeyIDs returns the ids of all keys, newest first.
func (r *Ring) KeyIDs() []string {
	var ids []string
	for _, k := range r.keys.Load().all {
		ids = append(ids, k.id)
	}
	return ids
}

// Use makes the key with the id the one that seals, hashes and signs. It returns
// ErrUnknownKey when the file has no such key.
func (r *Ring) Use(id string) error {
	if r.KeyID() == id {
		return nil
	}
	if _, known := r.find(id); !known {
		return fmt.Errorf("key %s, file %s: %w", id, r.path, ErrUnknownKey)
	}
	r.reload.Lock()
	defer r.reload.Unlock()
	now := *r.keys.Load()
	now.use(id)
	r.keys.Store(&now)
	return nil
}

// Mark returns a value that tells the key with the id from every other, and
// reveals nothing of it; nil when the file has no such key.
func (r *Ring) Mark(id string) []byte {
	k, known := r.find(id)
	if !known {
		return nil
	}
	return k.derive(markPurpose)
}

// Seal encrypts plain with AES-256-GCM and a random nonce. The id of the key
// stands in front of the result.
func (r *Ring) Seal(plain string) []byte { return r.current().seal(plain) }

// Unseal returns what Seal was called with. It returns ErrUnknownKey for what a
// key sealed that is not in the file.
func (r *Ring) Unseal(sealed []byte) (string, error) {
	if len(sealed) < idSize {
		return "", errors.New("unseal: too short")
	}
	id := hex.EncodeToString(sealed[:idSize])
	k, known := r.find(id)
	if !known {
		return "", fmt.Errorf("unseal with key %s: %w", id, ErrUnknownKey)
	}
	rest := sealed[idSize:]
	if len(rest) < k.aead.NonceSize() {
		return "", errors.New("unseal: too short")
	}
	nonce, text := rest[:k.aead.NonceSize()], rest[k.aead.NonceSize():]
	plain, err := k.aead.Open(nil, nonce, text, sealed[:idSize])
	if err != nil {
		return "", fmt.Errorf("unseal: %w", err)
	}
	return string(plain), nil
}

// Hash returns the HMAC-SHA-256 of s, 32 bytes, with the key in use. Hashes of
// different labels cannot be compared.
func (r *Ring) Hash(label, s string) []byte { return r.current().hash(label, s) }

// Hashes returns the Hash of s with every key, that in use first, to find what
// an earlier key has hashed.
func (r *Ring) Hashes(label, s string) [][]byte {
	now := r.keys.Load()
	hashes := [][]byte{now.all[now.inUse].hash(label, s)}
	for i, k := range now.all {
		if i != now.inUse {
			hashes = append(hashes, k.hash(label, s))
		}
	}
	return hashes
}

// SealedEmail is an e-mail address as the database has it. All is of one key.
type SealedEmail struct {
	KeyID  string
	Sealed []byte // the address as it was written; see Seal
	Hash   []byte // equal for addresses that differ in case only
}

// emailLabel is the label of the hashes of addresses.
const emailLabel = "email"

// SealEmail returns an e-mail address as the database has it.
func (r *Ring) SealEmail(address string) SealedEmail {
	k := r.current()
	return SealedEmail{k.id, k.seal(address), k.hash(emailLabel, strings.ToLower(address))}
}

// EmailHashes returns the hashes of an e-mail address with every key, that in
// use first.
func (r *Ring) EmailHashes(address string) [][]byte {
	return r.Hashes(emailLabel, strings.ToLower(address))
}

// current returns the key in use.
func (r *Ring) current() key {
	now := r.keys.Load()
	return now.all[now.inUse]
}

// find returns the key with the id, reading the file again for one that is not
// known.
func (r *Ring) find(id string) (key, bool) {
	if k, known := r.keys.Load().find(id); known {
		return k, true
	}
	if !r.readAgain() {
		return key{}, false
	}
	return r.keys.Load().find(id)
}

// readAgain reads the file again if it has changed, and reports whether it has.
// A file that cannot be read leaves the keys as they are.
func (r *Ring) readAgain() bool {
	r.reload.Lock()
	defer r.reload.Unlock()
	before := r.keys.Load()
	if !changed(r.path, before.file) {
		return false
	}
	after, err := readFile(r.path)
	if err != nil {
		return false
	}
	after.use(before.all[before.inUse].id)
	r.keys.Store(after)
	return true
}

func (all *keys) find(id string) (key, bool) {
	for _, k := range all.all {
		if k.id == id {
			return k, true
		}
	}
	return key{}, false
}

// use makes the key with the id the one in use, if it is there.
func (all *keys) use(id string) {
	for i, k := range all.all {
		if k.id == id {
			all.inUse = i
		}
	}
}

// newKey returns a key with the id and the secret of keySize bytes.
func newKey(id string, secret []byte) (key, error) {
	k := key{id: id, secret: secret}
	block, err := aes.NewCipher(k.derive(sealPurpose))
	if err != nil {
		return k, fmt.Errorf("prepare key %s: %w", id, err)
	}
	if k.aead, err = cipher.NewGCM(block); err != nil {
		return k, fmt.Errorf("prepare key %s: %w", id, err)
	}
	return k, nil
}

// derive returns the key for a purpose.
func (k key) derive(purpose string) []byte {
	derived, err := hkdf.Key(sha256.New, k.secret, nil, purpose, keySize)
	if err != nil {
		panic(err) // keySize is allowed
	}
	return derived
}

func (k key) seal(plain string) []byte {
	id, err := hex.DecodeString(k.id)
	if err != nil {
		panic(err) // parse has checked it
	}
	sealed := make([]byte, idSize+k.aead.NonceSize(), idSize+k.aead.NonceSize()+len(plain)+k.aead.Overhead())
	copy(sealed, id)
	_, _ = rand.Read(sealed[idSize:]) // never fails
	return k.aead.Seal(sealed, sealed[idSize:], []byte(plain), id)
}

func (k key) hash(label, s string) []byte {
	h := hmac.New(sha256.New, k.derive(hashPurpose+label))
	h.Write([]byte(s))
	return h.Sum(make([]byte, 0, hashSize))
}
