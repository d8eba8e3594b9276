package session

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/ccojocar/zxcvbn-go"

	"github.com/followthrough/followthrough/models"
)

// cost is what one guess costs whoever stole the hashes: 19 MiB, two passes (OWASP's password storage cheat sheet).
var cost = &argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// argonVersion is the only version of Argon2 that is in use, 1.3, as a hash says it.
const argonVersion = 0x13

// Ceilings of the parameters in a stored hash: one that asks for more was not written by this program.
const (
	maxMemory     = 256 << 10 // KiB
	maxIterations = 10
	maxThreads    = 4
)

const (
	leastKey      = 16 // bytes of a stored hash; a shorter one could be met by chance
	hashQueue     = 32 // callers that may wait for a turn
	judged        = 72 // characters of a passphrase that are judged; more only make it stronger
	leastDistinct = 5  // different characters
	leastable     = 2  // of 4, zxcvbn's score: withstands guessing through a form
)

// Hasher hashes passphrases, a few at a time, so that many sign-ins at once cannot exhaust the memory.
type Hasher struct {
	turns chan struct{}
	queue chan struct{}
	dummy string // compared where there is no account, so that the answer takes as long
}

// NewHasher returns a hasher with as many turns as there are processors.
func NewHasher() (*Hasher, error) {
	turns := runtime.NumCPU()
	return &Hasher{turns: make(chan struct{}, turns), queue: make(chan struct{}, turns+hashQueue), dummy: hashOfNobody()}, nil
}

// hashOfNobody is a hash that no passphrase has and that costs as much to compare as any. Hashing a passphrase for it would
// take longer than all else at the start.
func hashOfNobody() string {
	text := func(length uint32) string {
		b := make([]byte, length)
		_, _ = rand.Read(b) // it never fails
		return base64.RawStdEncoding.EncodeToString(b)
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argonVersion, cost.Memory, cost.Iterations, cost.Parallelism, text(cost.SaltLength), text(cost.KeyLength))
}

// turn runs f when it is its turn. With the queue full it is busy at once.
func (h *Hasher) turn(ctx context.Context, f func() error) error {
	select {
	case h.queue <- struct{}{}:
	default:
		return &models.Error{Kind: models.KindBusy, Key: "error.busy"}
	}
	defer func() { <-h.queue }()
	select {
	case h.turns <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-h.turns }()
	return f()
}

// Hash returns the hash of a passphrase in PHC form.
func (h *Hasher) Hash(ctx context.Context, passphrase string) (hash string, err error) {
	err = h.turn(ctx, func() error {
		hash, err = argon2id.CreateHash(passphrase, cost)
		return err
	})
	return hash, err
}

// errForeign is a stored hash that this program did not write.
var errForeign = errors.New("the stored hash has parameters that this program would not choose")

// Matches reports whether the passphrase belongs to the hash, and whether the hash should be renewed because it costs
// less than today's. Without a hash it takes as long and matches nothing.
func (h *Hasher) Matches(ctx context.Context, passphrase, hash string) (match, renew bool, err error) {
	against := hash
	if against == "" {
		against = h.dummy
	}
	p, _, _, err := argon2id.DecodeHash(against)
	if err != nil {
		return false, false, err
	}
	if p.Memory > maxMemory || p.Iterations > maxIterations || p.Parallelism > maxThreads || p.Iterations < 1 || p.Parallelism < 1 || p.KeyLength < leastKey {
		return false, false, errForeign
	}
	if len(passphrase) > models.MaxPassphrase {
		passphrase = ""
	}
	err = h.turn(ctx, func() (err error) {
		match, err = argon2id.ComparePasswordAndHash(passphrase, against)
		return err
	})
	match = match && hash != ""
	return match, match && (p.Memory < cost.Memory || p.Iterations < cost.Iterations), err
}

// Judge refuses a passphrase that is too short, too long or easily guessed; own are words that stand to reason, such
// as the person's name. Any script will do and nothing needs to be mixed in.
func Judge(passphrase string, own ...string) error {
	n := utf8.RuneCountInString(passphrase)
	switch {
	case !utf8.ValidString(passphrase) || strings.ContainsRune(passphrase, 0):
		return models.Invalid(models.Field("passphrase", "error.bytes"))
	case n < models.MinPassphrase:
		return models.Invalid(models.Field("passphrase", "error.short", "min", models.MinPassphrase))
	case len(passphrase) > models.MaxPassphrase:
		return models.Invalid(models.Field("passphrase", "error.too_long", "max", models.MaxPassphrase))
	}
	words := []string{"followthrough", "quad", "cyber", "passphrase"}
	for _, o := range own {
		words = append(words, strings.FieldsFunc(strings.ToLower(o), func(r rune) bool { return r == ' ' || r == '@' || r == '.' })...)
	}
	head := []rune(passphrase)
	if len(head) > judged {
		head = head[:judged]
	}
	if distinct(head, words) < leastDistinct || repeats(head) || ascii(head) && zxcvbn.PasswordStrength(string(head), words).Score < leastable {
		return models.Invalid(models.Field("passphrase", "error.guessable"))
	}
	return nil
}

// distinct counts the different characters beside words that stand to reason.
func distinct(s []rune, words []string) int {
	rest := strings.ToLower(string(s))
	for _, w := range words {
		if utf8.RuneCountInString(w) > 1 {
			rest = strings.ReplaceAll(rest, w, "")
		}
	}
	seen := map[rune]bool{}
	for _, r := range rest {
		seen[r] = true
	}
	return len(seen)
}

// repeats reports whether a text is one piece, too short by itself, said again and again.
func repeats(s []rune) bool {
	for n := 1; n <= len(s)/2 && n < models.MinPassphrase; n++ {
		if slices.Equal(s[n:], s[:len(s)-n]) {
			return true
		}
	}
	return false
}

// ascii reports whether the judge of guessing knows the script; it has no word lists of others.
func ascii(s []rune) bool {
	for _, r := range s {
		if r > 127 {
			return false
		}
	}
	return true
}
