"""Telling a script: who says what when, through the same actions that sockets and pages call."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from conversations.actions.assign import assign
from conversations.actions.change_status import mark_pending, snooze
from conversations.actions.label import mark_spam, set_priority, set_tags
from conversations.actions.mark_read import mark_read
from conversations.actions.rate import rate
from conversations.actions.resolve import resolve
from conversations.actions.send_message import send_message
from conversations.actions.start_conversation import start_conversation
from conversations.actions.update_contact import create_contact
from conversations.demo.calendar import first_answer_after, lasting
from conversations.demo.people import AFTERTHOUGHTS, CITIES, COMMENTS, SPAM, VISITORS
from conversations.demo.scripts import Script, scripts_in
from conversations.demo.staff import Shop
from conversations.drafts import Draft
from conversations.models import Contact
from conversations.visitors import contact_actor
from operators.models import Operator
from tenants.clock import happening_at
from tenants.ids import uuid7
from tenants.permissions import Actor

EVERYTHING = 10**9


@dataclass
class Teller:
    """Tells conversations of one shop, none of it later than ``until``."""

    shop: Shop
    random: Random
    until: datetime
    regulars: dict[str, list[Contact]] = field(default_factory=dict)

    def tell(self, *, language: str, at: datetime) -> None:
        """Tell a whole conversation, from the first word to the rating."""
        story = self._begin(language, at)
        for number, turn in enumerate(story.script.turns):
            if turn.who == "visitor":
                story.pass_time(median=45 if number else 0)
                story.say(story.visitor, turn.text)
            else:
                self._answer(story, turn.text, kind="note" if turn.who == "note" else "reply")
        self._end(story)
        if self.random.random() < 0.05:
            self._come_back(story)

    def tell_live(self, *, state: str, language: str, at: datetime) -> "Story":
        """Tell a conversation that goes on now: waiting, unassigned, answered, pending or snoozed."""
        story = self._begin(language, at)
        turns = [turn for turn in story.script.turns if turn.who != "note"]
        last = {"unassigned": 1, "waiting": 3, "answered": 2, "pending": 2, "snoozed": 4}[state]
        for number, turn in enumerate(turns[:last]):
            if turn.who == "visitor":
                story.pass_time(median=40 if number else 0)
                story.say(story.visitor, turn.text)
            else:
                story.pass_time(median=90)
                self._reply(story, turn.text, kind="reply")
        if state == "pending":
            story.do(mark_pending, actor=story.operator.actor, conversation_id=story.conversation_id)
        if state == "snoozed":
            # A night's rest, so that the demo's queue does not stir while it is being looked at.
            morning = self.until + timedelta(hours=self.random.randrange(14, 40))
            story.do(snooze, actor=story.operator.actor, conversation_id=story.conversation_id, until=morning)
        return story

    def tell_spam(self, *, at: datetime) -> None:
        """Tell what somebody tried to sell, and what became of it."""
        story = self._begin("en", at)
        story.say(story.visitor, self.random.choice(SPAM))
        story.moment = first_answer_after(story.moment, random=self.random, until=self.until)
        operator = story.operator.actor
        story.do(mark_spam, actor=operator, conversation_id=story.conversation_id, is_spam=True)
        story.do(resolve, actor=operator, conversation_id=story.conversation_id)

    def _begin(self, language: str, at: datetime) -> "Story":
        script = self.random.choice(scripts_in(language))
        operator = self.random.choice(self.shop.speakers[language])
        with happening_at(at):
            contact = self._contact(language, is_named="{name}" in script.text)
            visitor = contact_actor(contact=contact, inbox=self.shop.inbox)
            conversation = start_conversation(
                actor=visitor,
                inbox_id=self.shop.inbox.pk,
                contact_id=contact.pk,
                client_id=uuid7(),
                language=language,
            )
        words = {
            "name": contact.name.split()[0] if contact.name else "",
            "operator": operator.display_name.split()[0],
            "order": f"LC-{self.random.randrange(20_000, 60_000)}",
            "city": self.random.choice(CITIES[language]),
            "day": str(self.random.randrange(3, 27)),
        }
        return Story(
            random=self.random, script=script, words=words, visitor=visitor, operator=operator,
            conversation_id=conversation.pk, contact=contact, moment=at, until=self.until,
        )  # fmt: skip

    def _contact(self, language: str, *, is_named: bool) -> Contact:
        """Return somebody who has been here before, or somebody new; not everybody leaves a name or an address."""
        known = self.regulars.setdefault(language, [])
        if known and self.random.random() < 0.3:
            return self.random.choice(known)
        name, mailbox = self.random.choice(VISITORS[language])
        number = self.random.randrange(10, 9999)
        has_address = self.random.random() < 0.6
        contact = create_contact(
            actor=self.shop.owner,
            name=name if is_named or has_address or self.random.random() < 0.5 else "",
            email=f"{mailbox}{number}@shopper.example" if has_address else "",
            language=language,
        )
        if contact.name:
            known.append(contact)
        return contact

    def _answer(self, story: "Story", text: str, *, kind: str) -> None:
        if story.is_answered:
            story.pass_time(median=80)
        else:
            story.moment = first_answer_after(story.moment, random=self.random, until=self.until)
        self._reply(story, text, kind=kind)

    def _reply(self, story: "Story", text: str, *, kind: str) -> None:
        if not story.is_answered:
            story.is_answered = True
            self._sort_in(story)
        story.say(story.operator.actor, text, kind=kind)

    def _sort_in(self, story: "Story") -> None:
        """Do what operators do before they answer: hand over, tag, raise the priority; each not always."""
        operator, conversation_id = story.operator.actor, story.conversation_id
        if self.random.random() < 0.3:
            story.do(
                assign, actor=operator, conversation_id=conversation_id,
                operator_id=operator.id, team_id=self.shop.teams[story.script.team].pk,
            )  # fmt: skip
        if self.random.random() < 0.6:
            story.do(set_tags, actor=operator, conversation_id=conversation_id, names=story.script.tags)
        if self.random.random() < 0.08:
            priority = self.random.choice(("high", "urgent", "low"))
            story.do(set_priority, actor=operator, conversation_id=conversation_id, priority=priority)

    def _end(self, story: "Story") -> None:
        story.pass_time(median=30)
        story.do(mark_read, actor=story.visitor, conversation_id=story.conversation_id, position=EVERYTHING)
        story.pass_time(median=400)
        closer = story.visitor if self.random.random() < 0.12 else story.operator.actor
        story.do(resolve, actor=closer, conversation_id=story.conversation_id)
        if self.random.random() < 0.45:
            story.pass_time(median=120)
            self._rate(story)

    def _rate(self, story: "Story") -> None:
        score = min(5, max(1, story.script.mood + self.random.choice((-2, -1, 0, 0, 0, 1))))
        unhappy, neither, happy = COMMENTS[story.visitor.language]
        remarks = unhappy if score < 3 else neither if score == 3 else happy
        comment = self.random.choice(remarks) if self.random.random() < 0.35 else ""
        story.do(
            rate, actor=story.visitor, conversation_id=story.conversation_id, score=score, comment=comment
        )

    def _come_back(self, story: "Story") -> None:
        later = story.moment + timedelta(days=self.random.randrange(1, 6), hours=self.random.randrange(1, 5))
        if later > self.until - timedelta(days=1):
            return
        question, answer = self.random.choice(AFTERTHOUGHTS[story.visitor.language])
        story.moment = later
        story.say(story.visitor, question)
        story.moment = first_answer_after(later, random=self.random, until=self.until)
        story.say(story.operator.actor, answer)
        self._end(story)


@dataclass
class Story:
    """One conversation as it is told: its clock and its cast."""

    random: Random
    script: Script
    words: dict[str, str]
    visitor: Actor
    operator: Operator
    contact: Contact
    conversation_id: UUID
    moment: datetime
    until: datetime
    is_answered: bool = False

    def pass_time(self, *, median: float) -> None:
        """Let about ``median`` seconds pass, never beyond the end of the story's time; 0 is none."""
        if median:
            step = lasting(self.random, median=median, spread=0.7, most=median * 12)
            self.moment += min(step, (self.until - self.moment) / 2)

    def say(self, actor: Actor, text: str, *, kind: str = "reply") -> None:
        """Let somebody say something now."""
        draft = Draft(
            text=text.format(**self.words), client_id=uuid7(), kind="note" if kind == "note" else "reply"
        )
        self.do(send_message, actor=actor, conversation_id=self.conversation_id, draft=draft)

    def mention(self, colleague: Actor, text: str) -> None:
        """Let the operator ask a colleague in a note, a moment ago."""
        self.moment = max(self.moment, self.until - timedelta(minutes=3))
        draft = Draft(
            text=f"@{colleague.name} {text}",
            client_id=uuid7(),
            kind="note",
            mention_ids=[colleague.id] if colleague.id else [],
        )
        self.do(send_message, actor=self.operator.actor, conversation_id=self.conversation_id, draft=draft)

    def do(self, action: Callable[..., object], **arguments: object) -> None:
        """Call an action at this moment of the story."""
        with happening_at(self.moment):
            action(**arguments)
