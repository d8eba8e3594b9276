package session

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"math/big"
	"strings"
)

// tokenMark begins every token, so that it is recognised where it must not stand.
const tokenMark = "ct_live_"

// Lengths, in characters of base 62 (5.95 bits each).
const (
	secretLength = 32
	checkLength  = 6
	prefixLength = len(tokenMark) + 4
)

const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// NewSecret returns a random text of 190 bits for a one-time link or a set-up code.
func NewSecret() string {
	b := make([]byte, secretLength)
	for i := range b {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(base62))))
		if err != nil {
			panic(err) // crypto/rand does not fail (Go 1.24)
		}
		b[i] = base62[n.Int64()]
	}
	return string(b)
}

// NewToken returns a token for a program and the prefix that tells it from others.
func NewToken() (token, prefix string) {
	body := tokenMark + NewSecret()
	token = body + "_" + check(body)
	return token, token[:prefixLength]
}

// WellFormed reports whether a text could be a token: its check digits spare a look-up of what was mistyped.
func WellFormed(token string) bool {
	i := strings.LastIndexByte(token, '_')
	return strings.HasPrefix(token, tokenMark) && i == len(tokenMark)+secretLength && token[i+1:] == check(token[:i])
}

func check(body string) string {
	n := crc32.ChecksumIEEE([]byte(body))
	b := make([]byte, checkLength)
	for i := range b {
		b[len(b)-1-i] = base62[n%62]
		n /= 62
	}
	return string(b)
}

// HashOf is what is kept of a secret.
func HashOf(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// Recovery codes: as many as are given, and the length of each half.
const (
	recoveryCodes = 10
	recoveryHalf  = 5
)

// NewRecoveryCodes returns codes that each stand in once for the second factor, and what is kept of them.
func NewRecoveryCodes() (codes, hashes []string) {
	for range recoveryCodes {
		s := strings.ToLower(NewSecret())
		code := fmt.Sprintf("%s-%s", s[:recoveryHalf], s[recoveryHalf:2*recoveryHalf])
		codes = append(codes, code)
		hashes = append(hashes, HashOf(code))
	}
	return codes, hashes
}
