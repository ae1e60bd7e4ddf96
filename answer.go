package kith

// QuestionID names something only the member can answer. Every question is
// answered with yes, no or unsure.
type QuestionID uint8

// The questions. Their sentences and effects live with the signals.
const (
	AskMet             QuestionID = iota // met, or worked together (R44, R48)
	AskSamePerson                        // is the equal name the same person?
	AskFavour                            // the favour test (R55)
	AskComfortable                       // comfortable to be associated (R53)
	AskOffended                          // does something offend (R90)
	AskActiveInGroup                     // active in the shared group (R66)
	AskAdmired                           // linked to something admired (R50)
	AskWantsContacts                     // wants only the contacts (R31)
	AskExchange                          // real exchange on the other network (R79)
	AskAcquaintance                      // met regularly outside work (R80)
	AskBossFamily                        // partner or family of a boss or client (R80)
	AskStockPhoto                        // is the photo a stock picture (R77)
	AskUnprofessional                    // is the content unprofessional (R51)
	AskImpersonation                     // impersonation confirmed out of band
	AskEmployerKnows                     // does the employer know this person
	AskReplied                           // did they answer
	AskSizeOverQuality                   // does size count more than quality (K10)
	AskVouch                             // can the member vouch for the work (R88)
	AskUnsafe                            // would introducing them be unsafe
	AskNotTo                             // was the member asked not to introduce
	AskSpam                              // was what they sent unwanted spam (R91)
	AskLooksFake                         // fake or sketchy by the member's own look (R89)
	AskDecided                           // has the employer decided on the application (R102)
	numQuestions
)

var questionWords = [numQuestions]string{
	AskMet:             "met",
	AskSamePerson:      "same-person",
	AskFavour:          "favour",
	AskComfortable:     "comfortable",
	AskOffended:        "offended",
	AskActiveInGroup:   "active-in-group",
	AskAdmired:         "admired",
	AskWantsContacts:   "wants-contacts",
	AskExchange:        "exchange-elsewhere",
	AskAcquaintance:    "acquaintance",
	AskBossFamily:      "boss-family",
	AskStockPhoto:      "stock-photo",
	AskUnprofessional:  "unprofessional",
	AskImpersonation:   "impersonation",
	AskEmployerKnows:   "employer-knows",
	AskReplied:         "replied",
	AskSizeOverQuality: "size-over-quality",
	AskVouch:           "vouch",
	AskUnsafe:          "unsafe",
	AskNotTo:           "asked-not-to",
	AskSpam:            "spam",
	AskLooksFake:       "looks-fake",
	AskDecided:         "decided",
}

// String gives the id as written in JSON.
func (q QuestionID) String() string { return questionWords[q] }

// ParseQuestion finds the question with this id.
func ParseQuestion(s string) (QuestionID, bool) {
	for i, w := range questionWords {
		if w == s {
			return QuestionID(i), true
		}
	}
	return 0, false
}

// Questions lists all questions in their fixed order.
func Questions() []QuestionID {
	out := make([]QuestionID, numQuestions)
	for i := range out {
		out[i] = QuestionID(i)
	}
	return out
}

// Answer is what the member said to one question. The zero Answer is none.
type Answer uint8

// The answers.
const (
	NotAnswered Answer = iota
	Unsure             // asked, and the member cannot say; the question is not repeated
	AnswerNo
	AnswerYes
)

func (Answer) words() []string        { return []string{"", "unsure", "no", "yes"} }
func (Answer) truth() (no, yes uint8) { return uint8(AnswerNo), uint8(AnswerYes) }

// String gives the answer as written in JSON, empty if there is none.
func (a Answer) String() string { return a.words()[a] }

// Answers holds one answer a question.
type Answers [numQuestions]Answer

// Count says how many questions were put and answered, "unsure" included.
func (a *Answers) Count() int {
	n := 0
	for _, v := range a {
		if v != NotAnswered {
			n++
		}
	}
	return n
}

// ParseAnswer reads yes, no or unsure.
func ParseAnswer(s string) (Answer, bool) {
	v, ok := parseWord(Answer(0), s)
	return Answer(v), ok
}
