package main

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"kith"
)

// listening is where and how a Kith is reached.
type listening struct {
	addr     string         // host:port to listen on
	url      *url.URL       // what members type; of the address if nothing else is said
	secure   bool           // members reach it by https, so cookies may say so
	proxies  []netip.Prefix // whose word about the caller's address counts
	loopback bool
}

// listenRules checks the flags of serve against each other: whoever is not
// alone on their machine needs https, or has to say that they do without.
func listenRules(addr, site string, proxies []string, insecure bool) (*listening, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, &kith.Error{Kind: kith.Invalid, Field: "--addr", Msg: "say host and port, such as 127.0.0.1:7171", Err: err}
	}
	l := &listening{addr: addr, loopback: isLoopback(host)}
	if site == "" {
		if !l.loopback && !insecure {
			return nil, &kith.Error{Kind: kith.Invalid, Field: "--addr", Msg: "others can reach this address, and without https they can be overheard: " +
				"put a proxy with https in front and give its address with --url, or say --insecure-http"}
		}
		l.url = &url.URL{Scheme: "http", Host: net.JoinHostPort(host, port)}
	} else if l.url, err = url.Parse(site); err != nil || l.url.Host == "" || l.url.User != nil || strings.Trim(l.url.Path, "/") != "" || l.url.RawQuery != "" ||
		l.url.Scheme != "https" && (l.url.Scheme != "http" || !insecure && !isLoopback(l.url.Hostname())) {
		return nil, &kith.Error{Kind: kith.Invalid, Field: "--url", Msg: "give the address members type, such as https://kith.example, without a path"}
	}
	l.url.Path = ""
	l.secure = l.url.Scheme == "https"
	for _, p := range proxies {
		prefix, err := parsePrefix(p)
		if err != nil {
			return nil, &kith.Error{Kind: kith.Invalid, Field: "--trust-proxy", Msg: kith.CleanLine(p) + " is no address and no range of addresses, such as 10.0.0.0/8"}
		}
		l.proxies = append(l.proxies, prefix)
	}
	return l, nil
}

// alone reports whether nobody but users of this machine can come.
func (l *listening) alone() bool { return l.loopback && isLoopback(l.url.Hostname()) }

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func parsePrefix(s string) (netip.Prefix, error) {
	if ip, err := netip.ParseAddr(s); err == nil {
		return netip.PrefixFrom(ip, ip.BitLen()), nil
	}
	return netip.ParsePrefix(s)
}

// caller gives the address a request comes from: the connection's, or if that
// is a trusted proxy's, the last one in X-Forwarded-For that is not.
func (l *listening) caller(r *http.Request) string {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip := from.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && l.trusts(ip); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		ip = next.Unmap()
	}
	return ip.String()
}

func (l *listening) trusts(ip netip.Addr) bool {
	for _, p := range l.proxies {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}
