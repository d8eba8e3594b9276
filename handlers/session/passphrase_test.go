package session_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"

	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
)

// fault returns the message key of the first field that an error names, empty without one.
func fault(t *testing.T, err error) string {
	t.Helper()
	var known *models.Error
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &known):
		t.Fatalf("%v is no error for people", err)
	case len(known.Fields) == 0:
		return known.Key
	}
	return known.Fields[0].Key
}

func TestJudgeRefusesWhatIsShortOrEasilyGuessed(t *testing.T) {
	t.Parallel()
	for passphrase, want := range map[string]string{
		"gravel lantern orbit thimble": "",
		"春の海ひねもすのたりのたりかな":              "",
		"хмурое утро над рекой":        "",
		"🌊🚲🍎🗻🎻🧭🪁🌙🔔🍁🐟🚀🎈🌵🧩":              "",
		"gravel lantern ":                                 "",
		"correct horse battery staple and 7 pears":        "",
		strings.Repeat("gravel lantern orbit ", 48) + "x": "",            // 1009 bytes
		"gravel lantern":                                  "error.short", // 14 characters
		"春の海ひねもすのたりのたりか":                                  "error.short", // 14 characters, 42 bytes
		"":                            "error.short",
		"aaaaaaaaaaaaaaaa":            "error.guessable",
		"passwordpassword":            "error.guessable",
		"qwertyuiopasdfgh":            "error.guessable",
		"123456789012345":             "error.guessable",
		"followthrough followthrough": "error.guessable",
		"あああああああああああああああああ":               "error.guessable",
		"keiko sato keiko sato":           "error.guessable",
		"KeikoSatoKeikoSato":              "error.guessable",
		"keiko.sato@example.org":          "error.guessable",
		"長谷川花子長谷川花子長谷川花子":                 "error.guessable",
		"花子長谷川花子・花子長谷川花子":                 "error.guessable",
		"いろはにほいろはにほいろはにほ":                 "error.guessable",
		"gravel lantern orbit\x00":        "error.bytes",
		"gravel lantern orbit \xff":       "error.bytes",
		strings.Repeat("gravel lan", 103): "error.too_long",
	} {
		if got := fault(t, session.Judge(passphrase, "Keiko Sato", "長谷川 花子", "keiko.sato@example.org")); got != want {
			t.Errorf("%.60q: %q; want %q", passphrase, got, want)
		}
	}
}

func newHasher(t *testing.T) *session.Hasher {
	t.Helper()
	h, err := session.NewHasher()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHashBelongsToOnePassphrase(t *testing.T) {
	t.Parallel()
	ctx, h := context.Background(), newHasher(t)
	first, err := h.Hash(ctx, "春の海ひねもすのたりのたりかな ")
	if err != nil || !strings.HasPrefix(first, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("%q %v; want an argon2id hash of 19 MiB and two passes", first, err)
	}
	if second, _ := h.Hash(ctx, "春の海ひねもすのたりのたりかな "); second == first {
		t.Error("two hashes of one passphrase are alike")
	}
	for _, c := range []struct {
		passphrase, hash string
		match            bool
	}{
		{"春の海ひねもすのたりのたりかな ", first, true},
		{"春の海ひねもすのたりのたりかな", first, false},
		{"", first, false},
		{"nobody has this passphrase", "", false}, // not even what a missing account is compared with
		{"", "", false},
		{strings.Repeat("a", models.MaxPassphrase+1), first, false},
	} {
		match, renew, err := h.Matches(ctx, c.passphrase, c.hash)
		if err != nil || match != c.match || renew {
			t.Errorf("%.40q: matches %v, is renewed %v, %v; want %v and no renewal", c.passphrase, match, renew, err, c.match)
		}
	}
}

// TestNobodyCostsAsMuchAsAnybody compares what a missing account is compared with to a hash: parameters and lengths are alike,
// so that the time of an answer does not say which addresses have an account.
func TestNobodyCostsAsMuchAsAnybody(t *testing.T) {
	t.Parallel()
	h := newHasher(t)
	real, err := h.Hash(context.Background(), "春の海ひねもすのたりのたりかな")
	if err != nil {
		t.Fatal(err)
	}
	got, salt, key, err := argon2id.DecodeHash(h.Dummy())
	if err != nil {
		t.Fatalf("%q: %v", h.Dummy(), err)
	}
	want, otherSalt, otherKey, err := argon2id.DecodeHash(real)
	if err != nil {
		t.Fatal(err)
	}
	if *got != *want || len(salt) != len(otherSalt) || len(key) != len(otherKey) {
		t.Errorf("nobody: %+v, %d and %d bytes; want %+v, %d and %d", *got, len(salt), len(key), *want, len(otherSalt), len(otherKey))
	}
	if newHasher(t).Dummy() == h.Dummy() {
		t.Error("two programs have the same hash of nobody")
	}
}

func TestWeakHashIsRenewed(t *testing.T) {
	t.Parallel()
	// Made by the reference implementation: echo -n password | argon2 somesalt -id -t 2 -m 8 -p 1 -l 32.
	const known = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	h := newHasher(t)
	match, renew, err := h.Matches(context.Background(), "password", known)
	if err != nil || !match || !renew {
		t.Errorf("a hash of the reference implementation of 256 KiB: matches %v, is renewed %v, %v; want both", match, renew, err)
	}
	if match, renew, err := h.Matches(context.Background(), "passwort", known); err != nil || match || renew {
		t.Errorf("another passphrase: matches %v, is renewed %v, %v; want neither", match, renew, err)
	}
}

// TestHostileHashIsNotComputed is not parallel, because it measures what is allocated.
func TestHostileHashIsNotComputed(t *testing.T) {
	h := newHasher(t)
	const rest = "$c29tZXNhbHRzb21lc2FsdA$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
	for _, hash := range []string{
		"$argon2id$v=19$m=4194304,t=1,p=1" + rest,
		"$argon2id$v=19$m=4294967295,t=2,p=1" + rest,
		"$argon2id$v=19$m=99999999999,t=2,p=1" + rest,
		"$argon2id$v=19$m=19456,t=4294967295,p=1" + rest,
		"$argon2id$v=19$m=19456,t=2,p=255" + rest,
		"$argon2id$v=19$m=19456,t=0,p=1" + rest,
		"$argon2id$v=19$m=19456,t=2,p=0" + rest,
		"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$",
		"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$nf65",
		"$argon2i$v=19$m=19456,t=2,p=1" + rest,
		"$argon2id$v=16$m=19456,t=2,p=1" + rest,
		"$2b$12$abcdefghijklmnopqrstuv",
		"plain",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		match, _, err := matches(h, hash)
		runtime.ReadMemStats(&after)
		if allocated := after.TotalAlloc - before.TotalAlloc; match || err == nil || allocated > 1<<20 {
			t.Errorf("%s: matches %v, %v, %d bytes allocated; want a refusal before anything is computed", hash, match, err, allocated)
		}
	}
}

// matches turns a panic into an error that says so, without which one hash would hide the others.
func matches(h *session.Hasher, hash string) (match, panicked bool, err error) {
	defer func() {
		if recover() != nil {
			match, panicked, err = true, true, errors.New("panic")
		}
	}()
	match, _, err = h.Matches(context.Background(), "password", hash)
	return match, false, err
}

func TestHasherIsBusyWhenItsQueueIsFull(t *testing.T) {
	t.Parallel()
	h := newHasher(t)
	if waiting, turns := h.Queue(); waiting != 32 || turns != runtime.NumCPU() {
		t.Errorf("%d wait and %d are computed at once; want 32 and %d", waiting, turns, runtime.NumCPU())
	}
	giveBack := h.Fill()
	if _, err := h.Hash(context.Background(), "x"); fault(t, err) != "error.busy" {
		t.Errorf("hash with a full queue: %v; want busy", err)
	}
	if _, _, err := h.Matches(context.Background(), "x", ""); fault(t, err) != "error.busy" {
		t.Errorf("compare with a full queue: %v; want busy", err)
	}
	giveBack()
	h.Occupy()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 100 { // whoever leaves the queue makes room
		if _, err := h.Hash(ctx, "x"); !errors.Is(err, context.Canceled) {
			t.Fatalf("hash for somebody who left: %v; want canceled", err)
		}
	}
}
