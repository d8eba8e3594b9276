package frontend

import "github.com/followthrough/followthrough/models"

// Audit is the page of who changed what.
type Audit struct {
	List  *models.List[models.AuditEntry]
	Check *models.Verification // nil until it is asked for
}

func changeOf(e models.AuditEntry) string {
	_, change := e.Split()
	return change
}

func addressOf(e models.AuditEntry) string {
	address, _ := e.Split()
	return address
}
