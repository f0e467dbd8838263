"""General words of the book trade: cities where books appear, words of publishers, journals, institutions and theses.

All folded (no accents, lower case). They are hints among others: an entry is read by its punctuation first.
"""

from __future__ import annotations

import re
import unicodedata


def _words(text: str) -> list[str]:
    """The items of a list written with bars."""
    return [" ".join(item.split()) for item in text.split("|") if item.strip()]


def _any(text: str) -> re.Pattern[str]:
    """A pattern that finds any item of a list as whole words; items are regular expressions."""
    return re.compile(r"\b(?:" + "|".join(_words(text)) + r")\b")


PLACES = frozenset(
    _words(
        """
aix-en-provence | alger | algiers | amiens | amsterdam | angers | ankara | ann arbor | antwerp | antwerpen |
anvers | arles | arras | athenes | athens | atlanta | auckland | austin | avignon | bale | baltimore | bamako |
barcelona | barcelone | basel | basingstoke | beijing | beirut | beograd | bergen | berkeley | berlin | bern |
berne | besancon | beverly hills | beyrouth | bloomington | bogota | bologna | bologne | bonn | bordeaux |
boston | boulogne-billancourt | brest | bristol | bruges | brussels | bruxelles | bucarest | bucharest |
budapest | buenos aires | burlington | caen | cairo | cambridge | cambridge (mass.) | cambridge, ma | canberra |
cape town | cardiff | casablanca | cham | chambery | cheltenham | chicago | clermont-ferrand | colmar | cologne
| columbus | copenhagen | copenhague | cordoba | cork | cracovie | dakar | darmstadt | delhi | den haag | dijon
| dordrecht | dresden | dublin | durham | edimbourg | edinburgh | englewood cliffs | evanston | exeter | fes |
firenze | florence | francfort | frankfurt | frankfurt am main | freiburg | fribourg | gand | geneva | geneve |
genova | gent | glasgow | gottingen | grenoble | groningen | guadalajara | hambourg | hamburg | hanoi | harlow |
harmondsworth | heidelberg | helsinki | hoboken | hong kong | honolulu | innsbruck | istanbul | ithaca | jena |
jerusalem | kinshasa | koln | krakow | kyoto | la haye | la rochelle | lausanne | laval | le caire | le havre |
le mans | leeds | leicester | leiden | leipzig | leuven | leyde | liege | lille | lima | limoges | lisboa |
lisbonne | liverpool | london | londres | los angeles | louvain | louvain-la-neuve | lund | luxembourg | lyon |
lyons | madison | madrid | mainz | malden | manchester | marburg | marseille | melbourne | metz | mexico | milan
| milano | minneapolis | modena | monaco | mons | montpellier | montreal | moscou | moscow | mulhouse | munchen
| munich | munster | nairobi | namur | nancy | nantes | naples | napoli | new brunswick | new delhi | new haven
| new york | new york city | newcastle | nice | nimes | norwich | notre dame | oslo | ottawa | oxford | oxon |
padoue | padova | palermo | palo alto | paris | pau | perpignan | perth | philadelphia | pisa | poitiers | porto
| prague | praha | princeton | providence | quebec | rabat | reading | reims | rennes | rio de janeiro | roma |
rome | rotterdam | rouen | saint-denis | saint-etienne | saint-malo | salamanca | san diego | san francisco |
santa barbara | santiago | sao paulo | seattle | seoul | sevilla | seville | shanghai | sheffield | singapore |
singapour | sofia | southampton | st. louis | stanford | stockholm | strasbourg | stuttgart | sydney | tallinn |
thousand oaks | tokyo | torino | toronto | toulouse | tours | tubingen | tunis | turin | turnhout | university
park | uppsala | urbana | utrecht | valence | valencia | vancouver | varsovie | venezia | venice | venise |
versailles | vienna | vienne | villeneuve d'ascq | villeneuve-d'ascq | villeurbanne | warsaw | warszawa |
washington | washington d.c. | washington dc | washington, dc | wien | wiesbaden | wurzburg | zagreb |
zurich
"""
    )
)
COUNTRIES = frozenset(
    _words(
        """
alabama | algerie | allemagne | arizona | australia | australie | austria | autriche | az | bc | belgique |
belgium | brazil | bresil | british columbia | ca | cal | calif | california | cambs | canada | china | chine |
co | colorado | conn | connecticut | ct | d.c. | danemark | dc | denmark | england | espagne | etats-unis | fl |
fla | florida | france | ga | georgia | germany | grece | greece | hungary | il | ill | illinois | in | inde |
india | indiana | iowa | ireland | irlande | israel | italie | italy | japan | japon | kansas | liban | ma |
maine | maroc | maryland | mass | massachusetts | md | mi | mich | michigan | minn | minnesota | missouri | mn |
nc | nebraska | netherlands | new hampshire | new jersey | new mexico | nj | north carolina | ny | ohio |
oklahoma | on | ont | ontario | or | oregon | pa | pays-bas | penn | pennsylvania | pologne | portugal | qc |
que | quebec | rhode island | ri | royaume-uni | russie | senegal | spain | suede | suisse | sweden |
switzerland | tenn | tennessee | texas | tunisie | turquie | tx | u.k. | u.s.a. | uk | united kingdom | united
states | us | usa | ut | utah | va | vermont | virginia | vt | wa | wash | wi | wis | wisconsin
"""
    )
)
PUBLISHER = _any(
    r"""
editions? | edns? | ed\. | editorial | editeurs? | edizioni | editrice | librairie | imprimerie | presses? |
press | publishing | publishers? | publications? | verlag | books | puf | pur | pug | pum | pul | cnrs | pup |
puv | ens | ocde | oecd | unesco | insee | ined | inra | wiley | blackwell | springer | elsevier | palgrave |
macmillan | routledge | sage | harmattan | gallimard | flammarion | hachette | fayard | grasset | seuil | payot
| maspero | decouverte | dunod | nathan | larousse | masson | dalloz | lgdj | economica | armand colin | a\.
colin | colin | belin | vrin | minuit | plon | albin michel | odile jacob | hermann | klincksieck | champion |
droz | peeters | brepols | brill | de gruyter | mouton | picard | boccard | aubier | calmann-levy | actes sud |
autrement | hatier | bordas | vuibert | eyrolles | pearson | mcgraw-hill | mcgraw | penguin | random house |
harper | norton | simon & schuster | academic press | hermes | lavoisier | cerf | desclee | beauchesne |
maisonneuve | karthala | boeck | deboeck | bruylant | larcier | slatkine | retz | esf | eres | erasme | syllepse
| stock | ophrys | kluwer | elgar | mit press
"""
)
JOURNAL = _any(
    r"""
revue | rev\.? | journal | journ\. | cahiers? | bulletin | bull\.? | annales | annals? | ann\. | actes |
archives? | arch\. | review | transactions | trans\. | proceedings | proc\. | quarterly | magazine | memoires? |
mem\. | gazette | melanges | comptes[ -]rendus | studies | etudes | recherches | travaux | letters | zeitschrift
| jahrbuch | archiv | beitrage | rivista | revista | rassegna | bollettino | anales | boletin | newsletter |
chronicle | courrier | dossiers? | lettre | monde | figaro | times | post | guardian | herald | tribune |
advances | frontiers | lancet | nature | science | sciences | j\. | conference | congress | congres | symposium
| workshop | colloque | encyclopedie | encyclopedia | dictionnaire | dictionary | handbook | manuel
"""
)
INSTITUTION = _any(
    r"""
ministere | universit[ey] | universitat | institute?s? | cour | conseil | council | agence | agency |
organi[sz]ation | association | comite | committee | commission | departement | department | republique |
republic | ville | societe | society | company | centre | center | bureau | office | fondation | foundation |
federation | union | nations | academie | academy | ecole | school | college | laboratoire | laboratory |
observatoire | observatory | service | services | gouvernement | government | parlement | assemblee | senat |
haut | haute | autorite | authority | banque | bank | groupe | group | inc | ltd | corp | sarl | gmbh |
collectif | syndicat | bibliotheque | library | musee | museum | direction | secretariat | chambre | forum |
network | reseau | news | editors? | redaction | labs? | media | studio | consulting | conseils?
"""
)
GENRE = re.compile(
    r"(?:(?:nouveau )?theses?|thesis|(?:nouveau )?doctorat|dissertation|habilitation|hdr|dea|phd|ph\.d|"
    r"memoire (?:de (?:master|maitrise|dea|fin|recherche|licence|d\.e\.a|m[12]|dess|these|stage)|"
    r"d['’]etudes?|d['’]habilitation|inedit|present|dact|pour|professionnel)|"
    r"master(?:['’]s)? (?:thesis|recherche|professionnel|1|2|i|ii)|"
    r"rapport (?:de|d['’]|du|pour|final|soumis)|research report|technical report|working paper|document de travail|"
    r"communication (?:au|a|presentee|lors)|conference paper|paper presented|poster presented|"
    r"intervention (?:au|a|lors)|"
    r"journal-article|preprint|unpublished)(?:\b|(?<=\W))"
)
THESIS = re.compile(r"\b(?:these|thesis|dissertation|doctorat|habilitation|hdr|dea|memoire|master|phd|ph\.d)\b")


class _Folding(dict[int, str]):
    """Each character's plain small letter, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char == "’":
            out = "'"
        elif unicodedata.combining(char):
            out = ""
        else:
            out = unicodedata.normalize("NFKD", char).lower()
            out = "".join(c for c in out if not unicodedata.combining(c))
            out = out if len(out) == 1 or char in "œæŒÆßﬁﬂ" else char.lower()
            out = {"œ": "o", "æ": "a", "ß": "s"}.get(out, out)[:1]
        self[code] = out
        return out


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower case without accents; the typographic apostrophe becomes the plain one.

    Composed text (NFC) keeps its length, so that places in the folded text are places in the text.
    """
    return text.translate(_FOLDING)


def is_place(text: str) -> bool:
    """Whether the text is a city, or cities, with a country perhaps: "Paris, France", "Paris et Genève"."""
    folded = fold(text).strip(" .,;:()[]")
    if not folded or len(folded) > 60:
        return False
    if folded in PLACES:
        return True
    parts = [
        p.strip(" .")
        for p in re.split(r"\s?[,/;&-]\s|\s?[/;&]\s?|\s(?:et|and)\s|\s?[-–]\s|\s?\(|\)", folded)
        if p.strip(" .")
    ]
    if len(parts) == 1 and "-" in parts[0] and "/" not in parts[0]:
        parts = parts[0].split("-")
        return all(p in PLACES for p in parts)
    return bool(parts) and parts[0] in PLACES and all(p in PLACES or p in COUNTRIES for p in parts)


def is_publisher(text: str) -> bool:
    """Whether the words of a publisher stand in the text."""
    return bool(PUBLISHER.search(fold(text)))


def is_journal(text: str) -> bool:
    """Whether the words of a journal, a series of proceedings or a reference work stand in the text."""
    return bool(JOURNAL.search(fold(text)))


def is_meeting(text: str) -> bool:
    """Whether a text names the acts of a meeting: "Proceedings of ...", "Actes du colloque ..."."""
    return bool(
        re.match(r"(?:\d+(?:st|nd|rd|th) )?(?:the |proc|actes|conf|symp|annual|international)", fold(text))
    ) and is_journal(text)


def is_institution(text: str) -> bool:
    """Whether the words of an institution stand in the text, or it is an acronym."""
    return bool(INSTITUTION.search(fold(text))) or bool(re.fullmatch(r"[A-ZÀ-Þ][A-ZÀ-Þ&.\-]{1,9}", text.strip()))
