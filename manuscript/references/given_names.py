"""Common given names, to tell "Roux Anne" from "Anne Roux" where an entry prints neither comma nor capitals.

A general list (the most common names of French-, English-, German-, Spanish-, Italian- and Arabic-speaking countries),
folded to lower case. It only breaks ties: a name that is not in it is still read by its shape.
"""

from __future__ import annotations

_GIVEN_NAMES_TEXT = """
alban maëlle maël gwenn nolwenn rozenn soizic enora ronan erwan tanguy malo corentin bleuenn tifenn katell
annaïg goulven aaron abdel abdelkader abdou abdoulaye abraham adam adèle adeline adrian adrien adriana agathe
agnes agnès ahmed aïcha alain alan albert alberto alec alessandro alex alexander alexandra alexandre alexis
alfred ali alice alicia alina aline alison alphonse amadou amanda amber amélie amina amy ana anaïs andré andrea
andreas andrée andrei andrew andy angela angèle angelo angélique anita ann anna anne annette annick annie anouk
anthony antoine antoinette anton antonio apolline ariane armand armelle arnaud arnold arthur astrid aude audrey
augustin aurélie aurélien axel aymeric barbara baptiste barthélemy bastien béatrice beatrice ben benjamin benoît
benoit bérangère bernadette bernard bernhard bertrand beth betty bill blaise blanche bob boris brandon brian
brice brigitte bruce bruno camille carine carl carla carlo carlos carmen carol carole caroline catherine cécile
cédric céline chantal charles charlotte chiara chloé chris christa christel christelle christian christiane
christina christine christoph christophe christopher claire clara clarisse claude claudia claudine claudio
clémence clément clive clotilde colette colin coline constance corinne craig cynthia cyril cyrille damien dan
daniel daniela danièle danielle daphné david dean deborah delphine denis denise dennis diana diane didier diego
dieter dimitri dominic dominik dominique donald dora dorothée douglas edgar édith edith edmond eduardo edward
edwige elena eleonora éléonore elie éliane élisabeth elisabeth elizabeth élise elise ella ellen elodie élodie
elsa emil émile emile émilie emily emma emmanuel emmanuelle enrico enzo eric éric erica erik ernest ernst
estelle esther étienne etienne eugène eugénie eva évelyne evelyn evelyne fabien fabienne fabio fabrice fanny
farid fatima fatou federico félix fernand fernando ferdinand fiona flora florence florent florian frances
francesca francesco francine francis francisco franck françois françoise frank franz fred frédéric frederick
frédérique friedrich fritz gabriel gabriela gabriele gabrielle gaël gaëlle gaston gary gaylord gayle geneviève
geoffrey geoffroy georg george georges georgette gérald gérard gerhard germain germaine ghislaine gilbert
gilberte gilles giorgio giovanna giovanni giulia giuseppe gisèle godefroy grace grégoire gregory grégory
guillaume guillermo gunther gustave guy gwenaëlle hamid hannah hans harold harriet harry hassan heather hector
heidi heinrich helen helena hélène henri henriette henrik henry herbert hermann hervé hilary hubert hugh hugo
hugues humbert ian ibrahim ida ignace igor ilse inès ingrid irène irene isaac isabel isabella isabelle ivan
ivana jack jackie jacob jacqueline jacques jaime james jamie jan jane janet janine jason javier jean jeanine
jeanne jeffrey jennifer jenny jérémie jérémy jeremy jérôme jerome jess jessica jill jim joan joana joanna joël
joëlle johan johann johanna john johnny jolanta jon jonas jonathan jordan jorge josé jose josée joseph joséphine
josette joshua josiane juan judith jules julia julian juliana julie julien juliette jürgen justin justine karen
karim karin karine karl karla kate katharina katherine kathleen katia katie kay keith kelly ken kenneth kerstin
kevin khadija kim klaus kristin kurt laetitia lara larry lars laura laure laurence laurent laurie léa leah léon
leon leonardo léonie lewis lilian liliane linda line lionel lisa lise loïc lola loretta lorraine louis louisa
louise luc luca lucas lucette lucia luciana lucie lucien lucienne lucile ludovic ludwig luigi luis lydia lydie
lynn mabel madeleine mael magali magdalena maggie maguelone mahmoud mamadou manon manuel manuela marc marcel
marcelle marco marcus margaret margarita margot margaux marguerite maria marianne marie marielle marina marine
mario marion marisa marius mark markus marlène marta martha marthe martin martina martine mary maryse mathias
mathieu mathilde matteo matthew matthias matthieu maud maureen maurice max maxence maxime maya mélanie melanie
mélissa melissa mercedes michael michaël michèle michel michele micheline michelle miguel mike mireille miriam
mohamed mohammed moïse mona monica monika monique morgan morgane moussa muriel mustapha myriam nabila nadège
nadia nadine nancy naomi natacha natalia natalie nathalie nathan nelly neil nicholas nick nicola nicolas nicole
nina noah noé noël noëlle noémie nora norbert norman odette odile olga olive oliver olivia olivier oscar oskar
otto pablo paola paolo pascal pascale patrice patricia patrick paul paula paule paulette pauline paulo pedro
penelope perrine peter petra philip philippe pierre pierrette pietro quentin rachel rachid rafael raimund rainer
ralph ramón raoul raphaël raphaëlle raymond raymonde rebecca régine régis reine rémi rémy renate renaud rené
renée ricardo richard rita rob robert roberta roberto robin roch rodolphe rodrigue roger roland rolf romain
roman romuald ron ronald rosa rosalie rose roseline rosemary ross roxane ruth ryan sabine sabrina salah sally
salomé salomon sam samia samir samuel samy sandra sandrine sara sarah sascha scott sean sébastien sebastian
serge sergio séverine sharon sheila sibylle sidonie silvia silvio simon simone sofia solange solène sonia sophia
sophie stanislas stanley stéphane stephan stéphanie stephanie stefan stefano stella stephen steve steven stuart
sue susan susanna susanne suzanne sven sylvain sylvaine sylvia sylvie tamara tania tatiana ted teresa terry théo
théodore theodor théophile thérèse theresa thibault thibaut thierry thomas tim timothée timothy tina tom tony
tristan udo ulrich ulrike umberto urs ursula usman valentin valentine valentina valérie valery valéry vanessa
véra vera vernon véronique victor victoire victoria vincent vincenzo violaine violette virginia virginie vivian
viviane vladimir wagner walter wendy werner wilfried wilhelm will william wolfgang xavier yann yannick yasmina
yasmine yolande yves yvette yvon yvonne youssef zacharie zoé
"""
GIVEN_NAMES = frozenset(_GIVEN_NAMES_TEXT.split())
"""About 800 names; none is there for one document's sake."""
