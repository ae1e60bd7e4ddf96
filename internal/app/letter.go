package app

// letterKind is one kind of letter, its words included. {name} is a word of the
// letter's data; {url} is where this Kith is.
type letterKind struct {
	about string
	// subject names nobody: whatever members write stays out of it.
	subject string
	text    string
	// news says that the letter brings {news}, which is gathered when it is
	// sent, and can be unsubscribed from with {unsubscribe}.
	news bool
	// elsewhere lets the letter go to the {address} in its data: one the member
	// leaves or moves to.
	elsewhere bool
}

// letterKinds lists the letters there are. All are about the account of whoever
// gets them, but for those with news.
var letterKinds = map[string]letterKind{
	"verify": {
		about: "confirms an address", subject: "Confirm your address", elsewhere: true,
		text: `Hello,

somebody, most likely you, gave this address for an account at {url}.

Confirm it here:

    {url}/verify?secret={secret}

If it was not you, do nothing: without the confirmation the account is
forgotten within 7 days.
`},
	"sign-up-again": {
		about: "answers a sign-up with an address that has an account", subject: "You have an account already",
		text: `Hello,

somebody, most likely you, wanted to open an account at {url} with this
address. It has one already.

Sign in here:

    {url}/sign-in

If you have forgotten the password, ask for a new one there. If it was not
you, do nothing: nothing has changed.
`},
	"reset": {
		about: "lets a forgotten password be set anew", subject: "Choose a new password",
		text: `Hello,

somebody, most likely you, asked for a new password at {url}.

Choose it here, within the hour:

    {url}/reset?secret={secret}

All devices and tokens are signed out then. If it was not you, do nothing:
your password stays as it is.
`},
	"password-changed": {
		about: "tells of a new password", subject: "Your password was changed",
		text: `Hello,

the password of your account at {url} was changed.

If it was not you, take the account back at once:

    {url}/forgot
`},
	"email-changed": {
		about: "tells the former address of a new one", subject: "Your address was changed", elsewhere: true,
		text: `Hello,

the address of your account at {url} was changed. This is the last
letter to the former one.

If it was not you, write to whoever runs this service at once.
`},
	"new-sign-in": {
		about: "tells of a sign-in from a new device", subject: "A new sign-in",
		text: `Hello,

somebody signed in to your account at {url} from a device that was
not used before: {device}.

If it was not you, sign it out and change your password:

    {url}/settings
`},
	kindErasureAsked: {
		about: "tells that the account will be erased", subject: "Your account will be erased",
		text: `Hello,

somebody, most likely you, asked for your account at {url} to be
erased. On {due} everything in it is gone, for good.

If it was not you, or you think better of it, sign in and call it off
before then, and change your password:

    {url}/settings
`},
	"news": {
		about: "brings the news since the last letter", subject: "News from your network", news: true,
		text: `Hello,

since the last letter:

{news}
Everything is at {url}

How often this letter comes, and what it tells, is yours to say:

    {url}/settings

To stop it altogether:

    {unsubscribe}
`},
}
