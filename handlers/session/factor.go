package session

import (
	"crypto/subtle"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"
)

// factorPeriod is how long a code lasts, in seconds (RFC 6238, 5.2).
const factorPeriod = 30

// NewFactor makes the secret of a second factor, in base32.
func NewFactor(email string) (string, error) {
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "Followthrough", AccountName: email, Period: factorPeriod})
	if err != nil {
		return "", err
	}
	return key.Secret(), nil
}

// FactorURL returns the address by which an authenticator takes a secret.
func FactorURL(email, secret string) string {
	return "otpauth://totp/Followthrough:" + email + "?secret=" + secret + "&issuer=Followthrough&period=30&digits=6&algorithm=SHA1"
}

// Step returns the time step that a code belongs to, now or one step away; false when it belongs to none.
func Step(code, secret string, now time.Time) (int64, bool) {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	for _, skew := range []int64{0, -1, 1} {
		at := now.Add(time.Duration(skew*factorPeriod) * time.Second)
		want, err := totp.GenerateCodeCustom(secret, at, totp.ValidateOpts{Period: factorPeriod, Digits: otp.DigitsSix})
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			return at.Unix() / factorPeriod, true
		}
	}
	return 0, false
}
