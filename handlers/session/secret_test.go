package session_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/followthrough/followthrough/handlers/session"
)

func TestTokenCarriesItsCheck(t *testing.T) {
	t.Parallel()
	shape := regexp.MustCompile(`^ct_live_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}$`)
	seen := map[string]bool{}
	for range 50 {
		token, prefix := session.NewToken()
		if !shape.MatchString(token) || !session.WellFormed(token) || prefix != token[:12] || seen[token] {
			t.Fatalf("%q with the prefix %q; want a new token", token, prefix)
		}
		seen[token] = true
		for i := range token { // one character mistyped, anywhere
			for _, c := range []byte("aZ0_") {
				if c == token[i] {
					continue
				}
				if wrong := token[:i] + string(c) + token[i+1:]; session.WellFormed(wrong) {
					t.Errorf("%q is taken for a token like %q", wrong, token)
				}
			}
		}
		for _, wrong := range []string{"", token[:len(token)-1], token + "a", " " + token, strings.ToUpper(token), token[8:], strings.Replace(token, "live", "test", 1), token[:8] + token[9:10] + token[8:9] + token[10:]} {
			if session.WellFormed(wrong) && wrong != token {
				t.Errorf("%q is taken for a token", wrong)
			}
		}
	}
}

func TestSecretsDiffer(t *testing.T) {
	t.Parallel()
	seen, letters := map[string]bool{}, map[rune]bool{}
	for range 500 {
		s := session.NewSecret()
		if len(s) != 32 || seen[s] {
			t.Fatalf("%q; want 32 characters that were not there before", s)
		}
		seen[s] = true
		for _, r := range s {
			letters[r] = true
		}
	}
	if len(letters) != 62 {
		t.Errorf("secrets have %d different characters; want 62", len(letters))
	}
	codes, hashes := session.NewRecoveryCodes()
	for i, c := range codes {
		if !regexp.MustCompile(`^[0-9a-z]{5}-[0-9a-z]{5}$`).MatchString(c) || slices.Index(codes, c) != i || hashes[i] != session.HashOf(c) {
			t.Errorf("recovery code %q", c)
		}
	}
	if len(codes) != 10 || len(hashes) != 10 {
		t.Errorf("%d recovery codes, %d hashes; want 10", len(codes), len(hashes))
	}
	if got := session.HashOf("abc"); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" { // FIPS 180-2, B.1
		t.Errorf("the hash of abc is %s; want its SHA-256", got)
	}
}

// TestStepTakesACodeOfNowOrOneBesides holds codes against those of RFC 6238, appendix B, whose last six digits they are.
func TestStepTakesACodeOfNowOrOneBesides(t *testing.T) {
	t.Parallel()
	const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // 12345678901234567890
	for unix, code := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		own := unix / 30
		for _, c := range []struct {
			at time.Time
			ok bool
		}{
			{time.Unix(unix, 0), true}, {time.Unix(own*30, 0), true}, {time.Unix(own*30+29, 0), true},
			{time.Unix(own*30-30, 0), true}, {time.Unix(own*30+59, 0), true},
			{time.Unix(own*30-31, 0), false}, {time.Unix(own*30+60, 0), false},
		} {
			step, ok := session.Step(code, secret, c.at)
			if ok != c.ok || ok && step != own {
				t.Errorf("%s at %d: step %d, %v; want step %d, %v", code, c.at.Unix(), step, ok, own, c.ok)
			}
		}
		if step, ok := session.Step(" "+code[:3]+" "+code[3:]+" ", secret, time.Unix(unix, 0)); !ok || step != own {
			t.Errorf("%s written with spaces: step %d, %v", code, step, ok)
		}
	}
	for _, wrong := range []string{"", "28708", "2870820", "94287082", "２８７０８２", "287081", "-87082"} {
		if _, ok := session.Step(wrong, secret, time.Unix(59, 0)); ok {
			t.Errorf("%q is taken for a code", wrong)
		}
	}
	if _, ok := session.Step("287082", "", time.Unix(59, 0)); ok {
		t.Error("a code is taken for one of no secret")
	}
	if _, ok := session.Step("", "not base32!", time.Unix(59, 0)); ok {
		t.Error("an empty code is taken for one of a secret that cannot be read")
	}
}

func TestNewFactorOpensInAnAuthenticator(t *testing.T) {
	t.Parallel()
	a, err := session.NewFactor("sato@example.org")
	if err != nil {
		t.Fatal(err)
	}
	b, err := session.NewFactor("sato@example.org")
	if err != nil || a == b || len(a) != 32 {
		t.Errorf("%q and %q (%v); want two secrets of 160 bits", a, b, err)
	}
	now := time.Unix(1_800_000_000, 0)
	code, err := totp.GenerateCode(a, now)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := session.Step(code, a, now); !ok {
		t.Error("a code of a new secret is not taken")
	}
	for _, part := range []string{"otpauth://totp/Followthrough:sato@example.org?", "secret=" + a, "issuer=Followthrough"} {
		if url := session.FactorURL("sato@example.org", a); !strings.Contains(url, part) {
			t.Errorf("%s lacks %s", url, part)
		}
	}
}
