// Package session holds what opens an account: passphrases and their hashes, codes of the second factor, tokens of
// programs, one-time links, the limits on guessing, and the sessions of browsers. It decides nothing about what an
// account may do; that is models/policy.go. It keeps nothing itself; that is models/store.
package session
