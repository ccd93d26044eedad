"""Who works at the bank of the stories, and its customers."""

from workorder.workflow import Actor

WANG_FANG = Actor("C-10023", "customer")
"""The customer of most stories."""

LI = Actor("li", "intake", "hotline")
SHEN = Actor("shen", "intake_reviewer", "hotline")
DENG = Actor("deng", "dispatcher", "operations")
ZHANG = Actor("zhang", "handler", "cards")
QIAN = Actor("qian", "handler", "cards")
WU = Actor("wu", "handler", "loans")
FENG = Actor("feng", "handler", "settlement")
HE = Actor("he", "cohandler", "risk")
MEI = Actor("mei", "expert", "legal")
LUO = Actor("luo", "expert", "legal")
SUN = Actor("sun", "reviewer", "cards")
MA = Actor("ma", "reviewer", "cards", 10)
GAO = Actor("gao", "reviewer", "settlement")
CHEN = Actor("chen", "supervisor", "operations", 20)
TANG = Actor("tang", "executive", "head-office", 40)
