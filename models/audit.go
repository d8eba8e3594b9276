package models

// AuditEntry is one line of the append-only account of who changed what.
type AuditEntry struct {
	Seq    int64  `json:"seq"`
	At     string `json:"at" description:"UTC instant."`
	Actor  string `json:"actor"`
	Action string `json:"action"`
	Object string `json:"object" description:"kind:ref of what was changed."`
	Detail string `json:"detail" description:"JSON object with the change."`
	Hash   string `json:"hash" description:"SHA-256 over this entry and the hash before it, in hexadecimal."`
}

// AuditDetail is the detail of an entry that a person left.
type AuditDetail struct {
	Address string `json:"address" description:"Network address of the request."`
	Change  any    `json:"change"`
}

// Receipt makes sending a change twice harmless: the second time, what the first made is given back.
type Receipt struct {
	Key         string // chosen by the sender, and its own
	Fingerprint string // of the whole change: the same key with another change is refused

	Result   string // ref of what was made
	Replayed bool   // true when it had been made before
}
