"""The smallest desk: a complaint from opening to closing, and one refusal on the way.

`ServiceDesk()` needs nothing: the basic rulebook, a store in memory, this machine's clock.
"""

from workorder import Actor, Close, CommandRefused, Dispatch, ServiceDesk, Start, Submit

desk = ServiceDesk()
li, wang = Actor("li", "handler"), Actor("wang", "supervisor")
ticket = desk.open("complaint", customer="C-10023", fields={"title": "Charged twice"}, actor=wang)
desk.perform(ticket.id, Dispatch(to="li"), actor=wang)
desk.perform(ticket.id, Start(), actor=li)
desk.perform(ticket.id, Submit(resolution="The second charge was refunded"), actor=li)
try:
    desk.perform(ticket.id, Close(), actor=li)
except CommandRefused as refused:
    print(refused)
ticket = desk.perform(ticket.id, Close(), actor=wang)
print(f"{ticket.state}, version {ticket.version}")
