"""Who acts in a demo story: the koordinator, the handling officer, the second person, the office itself."""

import random
from collections import defaultdict
from dataclasses import dataclass, field

from pendopo.base.accounts.models import User
from pendopo.base.organizations.demo_offices import INTAKE
from pendopo.base.organizations.demo_staff import CITIZEN, STARS
from pendopo.base.organizations.models import Membership, Organization, Role
from pendopo.domains.reports.demo_desks import WORKS, Year

HER = next(post.email for post, _label in STARS if post.office == WORKS and post.role == Role.OFFICER)


@dataclass
class Cast:
    """The demo government's people by office slug. Everybody has been in office longer than the stories."""

    offices: dict[str, Organization]
    officers: dict[str, list[User]]
    heads: dict[str, User]
    coordinators: list[User]
    citizen: User
    year: Year
    _her: User = field(init=False)

    def __post_init__(self) -> None:
        self._her = next(user for user in self.officers[WORKS] if user.email == HER)

    @property
    def intake(self) -> Organization:
        return self.offices[INTAKE]

    def coordinator(self, rng: random.Random) -> User:
        return rng.choices(self.coordinators, [3, *(2 for _ in self.coordinators[1:])])[0]

    def clerk(self, rng: random.Random) -> User:
        """Who writes down what somebody says on the phone or at the counter."""
        return rng.choice(self.officers[INTAKE])

    def handler(self, rng: random.Random, office: str, number: int, *, is_open: bool) -> User:
        """The officer who takes a report. The works agency's open ones are hers only where the year says so."""
        if office != WORKS or not is_open:
            return rng.choice(self.officers[office])
        if number in self.year.hers:
            return self._her
        return rng.choice([user for user in self.officers[office] if user != self._her])

    def checker(self, rng: random.Random, office: str, proposer: User) -> User:
        """A second person: a colleague or the head, never the one who proposes."""
        others = [user for user in self.officers[office] if user != proposer]
        head = self.heads.get(office)
        if head is not None and head != proposer and (not others or rng.random() < 0.45):
            return head
        return rng.choice(others or self.coordinators)


def cast_for(year: Year) -> Cast:
    """Read the demo government once."""
    officers: dict[str, list[User]] = defaultdict(list)
    heads: dict[str, User] = {}
    coordinators: list[User] = []
    rows = Membership.objects.filter(user__is_demo=True).select_related("user", "organization").order_by("pk")
    people: dict[int, User] = {}
    for row in rows:
        user = people.setdefault(row.user_id, row.user)
        slug = row.organization.slug
        if row.role == Role.OFFICER:
            officers[slug].append(user)
        elif row.role == Role.HEAD:
            heads[slug] = user
        elif row.role == Role.COORDINATOR:
            coordinators.append(user)
    return Cast(
        offices={office.slug: office for office in Organization.objects.all()},
        officers=officers,
        heads=heads,
        coordinators=coordinators,
        citizen=User.objects.get(email=CITIZEN.email),
        year=year,
    )
