package intake

import "strings"

// linkedInDomain is the only domain LinkedIn's mails come from and are signed
// for; subdomains count.
const linkedInDomain = "linkedin.com"

// isLinkedInDomain reports whether domain (any case) is LinkedIn's.
func isLinkedInDomain(domain string) bool {
	domain = strings.ToLower(strings.Trim(domain, " .@\""))
	return domain == linkedInDomain || strings.HasSuffix(domain, "."+linkedInDomain)
}

// isCopy reports whether the mail's own headers say that LinkedIn did not send
// it: the receiving server found no valid LinkedIn signature, or the mail is
// signed, but by somebody else. Copies of these mails are a common bait. A mail
// without any such header was exported by a program that drops them, and
// nothing can be said.
func (h mailHeader) isCopy() bool {
	switch h.serverResult() {
	case authPass:
		return false
	case authFail:
		return true
	}
	signed, ours := false, false
	for _, f := range h {
		if f.name == "dkim-signature" {
			signed = true
			ours = ours || isLinkedInDomain(tagValue(f.value, "d"))
		}
	}
	return signed && !ours
}

// tagValue gives the value of one tag of a DKIM signature: "v=1; d=x; s=y".
func tagValue(list, tag string) string {
	for part := range strings.SplitSeq(list, ";") {
		if name, value, ok := strings.Cut(part, "="); ok && strings.TrimSpace(name) == tag {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// authResult is what the receiving server says of a mail's origin.
type authResult int

const (
	authSilent authResult = iota // nothing that settles it
	authPass
	authFail
)

// serverResult reads the Authentication-Results of the receiving server. A
// server puts its own above all others, so only those that carry the topmost
// server's name count: the rest may be part of the bait.
func (h mailHeader) serverResult() authResult {
	result, server := authSilent, ""
	for _, f := range h {
		if f.name != "authentication-results" {
			continue
		}
		id, methods, _ := strings.Cut(f.value, ";")
		id, _, _ = strings.Cut(strings.TrimSpace(id), " ")
		if server == "" {
			server = id
		}
		if id != server {
			break
		}
		switch readMethods(methods) {
		case authPass:
			return authPass
		case authFail:
			result = authFail
		}
	}
	return result
}

// readMethods reads the results of one Authentication-Results field. DKIM or
// DMARC passed for LinkedIn's domain settles it; a pass for a foreign domain or
// a failure speaks against it; SPF says nothing, it breaks with every
// forwarding.
func readMethods(methods string) authResult {
	result := authSilent
	for method := range strings.SplitSeq(methods, ";") {
		words := strings.Fields(strings.ToLower(method))
		if len(words) == 0 {
			continue
		}
		name, verdict, _ := strings.Cut(words[0], "=")
		if name != "dkim" && name != "dmarc" {
			continue
		}
		domain := methodDomain(words[1:])
		switch {
		case verdict == "pass" && isLinkedInDomain(domain):
			return authPass
		case verdict == "pass" && domain != "", verdict == "fail":
			result = authFail
		}
	}
	return result
}

// methodDomain finds the domain a result speaks of.
func methodDomain(words []string) string {
	for _, w := range words {
		key, value, _ := strings.Cut(w, "=")
		switch key {
		case "header.d", "header.i", "header.from":
			return value[strings.LastIndexByte(value, '@')+1:]
		}
	}
	return ""
}
