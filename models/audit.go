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
