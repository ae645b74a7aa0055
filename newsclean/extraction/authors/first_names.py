"""First names that many people have, by which a guess can tell a person from a heading.

A name that is not here says nothing: whoever asks needs another sign then. Lower case, without
accents, as `plain_letters` writes them. Words that begin headings as often (Mark, Will, Grace)
count too, since the whole must have the form of a name; places (Sydney, Georgia) do not.
"""

from __future__ import annotations

import unicodedata

# German, Dutch, the Nordic languages
_NORTH = """
aad achim adrian agnes aino albert albrecht alexander alexandra alfons alfred alice alina alois
amelie anders andrea andreas angela angelika anja anke anna annalena anne annegret anneke annelie
annemarie annett annette annika antje anton antonia antti arend arjen armin arne arno arnold arthur
arto arvid asa astrid axel barbara bart bastian beate beatrice ben benedikt benjamin bent berit
bernadette bernd bernhard bert birgit birgitta birte bjarne bjorn boris brigitta brigitte britt
britta bruno burkhard carina carl carla carmen carola carolin caroline carsten caspar charlotte
chris christa christian christiane christina christine christof christoph christopher claas clara
claudia claus clemens cora corinna cornelia cornelius daniel daniela david denis dennis detlef
dieter dietmar dietrich dirk dominic dominik dora doris dorothea dorothee eberhard eckhard edda
edgar edith eduard eero egon eike eino elena elfriede elias elif elisa elisabeth elke ella ellen
elmar else emil emily emma emmanuel erhard eric erich erik erika ernst erwin esther eugen eva
evelyn ewald fabian fabienne falk felicitas felix ferdinand finn florian frank franz franziska
frauke fred frederic frederik frieda friederike friedhelm friedrich fritz gabi gabriel gabriele
georg gerald gerard gerd gerda gerhard gerlinde gernot gero gert gertrud gisela giselher gitta
gitte goran gottfried gregor gudrun guenter guenther guido gunnar gunter gunther gustav hanna
hannah hanne hannelore hannes hans harald harro hartmut hauke heide heidi heike heikki heiko
heinrich heinz helen helena helene helga helge hella helmut hendrik henning henri henriette henrik
henry herbert hermann hilde hildegard hinrich holger horst hubert hugo ida ilka ilona ilse imke ina
ines inga inge ingeborg ingmar ingo ingrid irene irina iris irmgard isabel isabell isabella
isabelle ivonne jaap jacob jakob jan jana janina janine janis janne jannik jasmin jasper jelle
jennifer jenny jens jeroen jesper jessica jill jo joachim joanna jochen joerg johan johann johanna
johannes jonas jonathan joost jorg joris josef josefine joseph juergen juha jukka julia julian
juliane julius jurgen justin justus jutta kai kaja karen kari karin karina karl karla karolin
karoline karsten kaspar katarina katharina katharine kathleen kathrin katja katrin kay kerstin
kevin kilian kim kirsten kirstin klaas klara klaus knut konrad konstantin konstanze kristian
kristin kristina kurt lara lars laura laurenz lauri laurin lea leah lena leni lennart leo leon
leonard leonie leopold levin liane lilli lina linda linus lisa liv livia lothar lotte louis louisa
louise luca lucas lucia ludger ludwig luis luisa luise lukas lutz maarten magda magdalena magnus
maike malte mandy manfred manja manuel manuela marc marcel marco marcus mareike maren margareta
margarete margit margot margret maria marianne marie marieke marija marina mario marion marius mark
markku marko markus marlene marlies marlis marta marten martha martin martina mathias mathilde mats
matthias matthijs matti maurice max maxi maximilian maya mechthild meike melanie melina merle mia
michael michaela michel michelle mike mikkel mikko milan mira miriam mirjam mirko mona monica
monika moritz nadia nadine nadja nancy natalia natalie natascha nele nick niclas nicola nicolas
nicole niels niklas nikolai nikolaus nils nina noah nora norbert norman olaf ole oliver olivia
ortwin oscar oskar otto pamela pascal patricia patrick paul paula pauline peer pekka per peter
petra philip philipp phillip pia pieter pim pirjo ralf ralph ramona raoul raphael rebecca regina
regine reiner reinhard reinhold renata renate rene richard rita robert robin roger roland rolf
roman romy ronald ronja ronny rosa rosemarie rosi rudi rudiger rudolf ruediger rune ruth sabine
sabrina samuel sandra sandro sara sarah sascha saskia sebastian selina selma senta sibylle
siegfried sieglinde sigmar sigrid silke silvia simon simone sina sofia sofie sonja sophia sophie
soren stefan stefanie steffen steffi stella sten stephan stephanie stina sunna susan susann susanna
susanne sven svenja swantje sybille sylke sylvia sylvie tabea tamara tanja tatjana teresa thea
thekla theo theresa therese thilo thomas thorben thorsten till tilman tim timo tina tobias tom
torben torge torsten traudel tristan tuula udo ulf uli ulla ulrich ulrike ursula uschi uta ute uwe
valentin valentina valerie vanessa vera verena veronika victor victoria viktor viktoria vincent
viola volker volkmar waldemar walter waltraud wenke werner wiebe wiebke wieland wilfried wilhelm
wilhelmine willem willi wim winfried wolf wolfgang wolfram xaver yannick yvonne zoe
"""
# English
_ENGLISH = """
aaron abby abigail adam adrienne aidan aileen alan alana alex alexa alexis alfie alisa alison
alistair allan allen allison allyson alma alyssa amanda amelia amy andre andrew andy angelina angie
anita ann anthony april ariana ariel arlene ash ashlee ashleigh ashley aubrey audrey ava avery
barry becca becky belinda bella benny bernard bernice beth bethany betsy betty beverly bill billy
blake bob bobby bonnie brad bradley brandi brandon brandy brenda brendan brennan brent bret brett
brian briana brianna bridget brittany brittney bruce bryan bryant bryce brynn byron caitlin caleb
calum calvin cameron candace candice cara carey carissa carlton carly carol carole carolyn carrie
casey cassandra cassie catherine cathy cecilia cedric celeste celia chad charlene charles charlie
cheryl chloe christi christie christy cindy claire clare clarence claudette clayton clifford clint
clinton clive clyde cody colin colleen collin connie connor conor constance corey corinne cory
courtney craig cristina curtis cynthia dale damian damien dan dana dani danielle danny daphne darcy
daren darlene darrell darren darryl daryl dave dawn dean deanna deb debbie deborah debra declan
deirdre delia dena denise derek derrick desiree desmond devin devon diana diane dianne dina
dominique don donald donna doreen dorothy doug douglas drew duncan dustin dwayne dwight dylan ed
eddie edmund edward edwin eileen elaine eleanor eli elijah elisha eliza elizabeth ellie elliot
elliott ellis eloise elsa elsie emmet emmett eoin erica erin ernest ethan eugene eunice evan
everett ezra fay faye felicia felicity fergus fiona flora frances francesca francine francis
frankie franklin freddie frederick gail gareth garry garth gary gavin gayle gemma gene geoff
geoffrey george georgina geraldine gerry gilbert gillian gina ginger glen glenda glenn gloria
gordon grace graeme graham grant greg gregg gregory greta gretchen gwen gwendolyn hailey hal haley
hank harold harriet harrison harry harvey hayden hayley heather hector hilary hillary holly hope
howard hugh ian imogen ingram ira irving isaac ivan jack jackie jackson jacqueline jacqui jade
jaime jake james jamie jane janelle janet janice jared jason jay jayne jean jeanette jeanine jeanne
jeff jefferson jeffery jeffrey jen jena jenna jeremiah jeremy jermaine jerome jerry jess jesse
jessie jim jimmy joan joann joanne jocelyn jodi jodie jody joe joel joey john johnathan johnny jon
jonathon jordan josh joshua josie joy joyce juan juanita judith judy julianne julie juliet june
justine kaitlyn kara kareem kasey kate katelyn katherine kathryn kathy katie katrina katy kayla
keith kelley kelli kellie kelly kelsey ken kendall kendra kenneth kenny kent keri kerri kerry
kieran kimberley kimberly kirk kirsty krista kristen kristi kristie kristy krystal kyle lacey lance
larry lauren laurence laurie lawrence leanne lee leigh leila lenny leroy lesley leslie lester levi
lewis liam libby lila lillian lily lindsay lindsey lionel liz liza lloyd logan lois lola lora loren
loretta lori lorna lorraine lou lucille lucinda lucy luke lydia lyle lyn lynda lynette lynn lynne
mabel maddie madeleine madeline madison maggie malcolm mallory mara marcia marcie margaret margie
marguerite mariah maribel marilyn marisa marissa marjorie marlon marsha marshall marvin mary matt
matthew maureen mavis maxine maxwell meagan meg megan meghan mel melinda melissa melvin meredith
micah mick mickey miguel millie milton mindy miranda mitch mitchell moira molly morgan morris moses
murray myra naomi natalya natasha nate nathan nathaniel neil nell nichole nicky nigel noel nolan
noreen norma norris olga ollie omar owen paige patsy patti patty peggy penelope penny percy perry
pete phil phillipa phoebe phyllis polly priscilla quentin quinn rachael rachel rae randall randy
ray raymond reagan rebekah reggie reginald renee rex rhonda rhys ricardo rick rickey ricky riley
rob robbie roberta rochelle rod rodney ron ronnie rory rosalind rosanna rose rosemary rosie ross
rowan roxanne roy ruby rupert russ russell ryan sadie sally sam samantha sammy sandy sasha scott
sean seth shane shannon sharon shaun shawn sheila shelby shelley shelly sheri sherri sherry shirley
sidney sienna sonia sonya spencer stacey stacy stan stanley stephen steve steven stevie stewart
stuart sue suzanne suzie sybil sylvester tabitha tammy tania tanya tara tasha taylor ted teddy
terence teri terrence terri terry tess tessa theodore tiffany timothy toby todd tommy toni tony
tonya tracey traci tracie tracy travis trent trevor tricia trina trish trisha troy trudy tucker ty
tyler tyrone vaughn vernon vicki vickie vicky vince virgil vivian wade wallace wanda warren wayne
wendell wendy wesley whitney wilbur will willard william willie winston xavier yolanda yvette zac
zach zachary zack zara
"""
# French, Spanish, Portuguese, Catalan, Italian, Romanian
_SOUTH = """
abel adela adele adeline adriana adriano agathe agustin aida aime alain alba alberto aldo alejandra
alejandro alessandra alessandro alessia alessio alexandre alfonso alfredo alicia aline alvaro alvin
amadeo amalia amandine amaury amparo ana anabel anais andrei andreia andreu angelo angels aniello
annabelle antoine antonella antoni antonio apolline araceli ariadna ariane armand armando arnau
arnaud arsene arturo asuncion augustin aurelia aurelie aurelien axelle baptiste bartolome bastien
beatriz belen benedetta benedicte benito benoit berengere bernardo bernat berta bertrand bianca
blanca blandine brice brigida bruna camila camilla camille capucine carles carlo carlos carlota
carme catalin catalina catarina caterina cecile celine cesar chantal chiara christel christelle
christophe ciro claude claudine claudio clement clementine clotilde colette coline consuelo coralie
corentin cosimo cristian cristiana cristiano cristobal cyril cyrille damiano daniele danilo dario
davi davide debora delphine didier diego dimitri domenico domingo duarte edoardo eduardo elia
eliane elisabetta elise elodie elvira emanuela emanuele emilia emiliano emilie emilio enric enrica
enrico enrique enzo ernesto esteban estefania estela estelle ester etienne eudald eugenia eugenio
fabiana fabien fabio fabrice fabrizio fanny federica federico felipe fernanda fernando ferran
filipa filipe filippo flavia flavio florent francesc francesco francisca francisco franck franco
francois francoise frederique gabriela gabriella gael gaelle gaetan gaetano gaspard gema genevieve
georges gerardo germain giacomo giada gian gianluca gianni gilberto gilles ginevra gioia giorgia
giorgio giovanna giovanni giulia giuliana giuliano giulio giuseppe gonzague gonzalo graciela
graziella gregoire gregorio guilherme guillaume guillem guillermo gustave gustavo heitor helder
henrique hernan herve hortense ignacio ignasi ilaria imma inmaculada ioana ion isadora isidro
ismael jacint jacopo jacques jaume javier jeremie joana joao joaquim joaquin jordi jordina jorge
jose josefa josefina josep josiane juana judit jules julien juliette julio karim karine laetitia
laia laure laurent laurine leandro leonardo leonor leticia lidia liliana llorenc lluc lluis lorena
lorenzo luc luciana luciano lucie lucien ludivine ludovic luigi lurdes maelle maeva mafalda magali
manel manon manu marcela marcello marcelo marcin margarida margarita margaux mariana mariano
marielle marilena marine marisol marti martine massimo mateo mateu matheo mathieu matilde matteo
matthieu maud mauricio maurizio mauro maxime maylis melchor merce michela michele micheline mihai
milena miquel mireia mireille modesto monique montse montserrat morgane muriel nadege natacha
nathalie nestor neus nicolau nicolo nieves noelia noemi norberto nuria octave octavio odette odile
oleguer olivier oliviero oriol ornella osvaldo pablo paloma paola paolo pascale pasquale patrice
patrizia pau paulina paulo pedro pere perrine philippe pierre pierrick pietro pilar priscila quim
rafael rafaela raffaele rainier ramon raquel raul regis remei remi remy renato renaud ricard
riccardo rodolphe rodrigo rogelio romain romane ronan rosana rosella roxane ruben rui salvatore
samira sandrine saul sebastiano segolene serge sergi sergio severine silvana simona solange soledad
solene stefania stefano stephane susana sylvain teofilo thibaud thibault thierry tiago timothee
tiphaine tomas tommaso ugo umberto urbain valerio vanesa vasco veronica veronique vicenc vicente
vincenzo vinicius virginie vitor vittoria vittorio viviana viviane wilfrid xavi ximena yago yann
yasmina yvan yves
"""
# Polish, Czech, Balkan, Russian, Ukrainian, Greek, Hungarian
_EAST = """
agata agnieszka aleksandar aleksander aleksandr aleksandra aleksei aleksey alena alexei alexey
alicja anastasia anastasiia anatoly andrej andrey andrii andrzej ania annamaria antonina arkadiusz
artem artur balazs barbora bartlomiej bartosz beata bogdan bohdan bojan boleslaw bozena branko
cezary csaba danuta daria dariusz darya denys dimitris dmitri dmitrij dmitry dmytro dominika dorota
dragan dusan edyta eleni elzbieta ewa ewelina filip gabor galina georgi georgios giorgos grazyna
grzegorz gyorgy halina ignacy igor ihor ilya irena iryna istvan ivana ivica iwona izabela jacek
jadwiga jakub janos janusz jaroslav jaroslaw jelena jerzy jiri jolanta jozef julita justyna kamil
kamila karel karol karolina katarzyna katerina kateryna kinga klaudia konstantinos krzysztof ksenia
kyriakos larisa laszlo lech lenka leszek lubomir lucyna ludmila lukasz lyudmila maciej maciek maja
maksim maksym maksymilian malgorzata marek mariusz mariya marzena mateusz michal michalina mihaly
mikhail mikolaj milica milos miroslav miroslaw myroslava nataliia nikita nikola nikolaj nikolay
nikos oksana oleg oleh oleksandr oleksandra olena ondrej patrycja pavel pavlo pawel petar petr
petro piotr przemyslaw radek radoslaw rafal ruslan ryszard sandor sergei sergej sergey serhii
slawomir snezana stanislav stanislaw svetlana sylwia szymon tadeusz tamas tatiana tatyana tetiana
tomasz urszula vaclav valentyna valeria vasil vasily vasyl viktoriia vitaliy vlad vladimir
vladislav vojtech volodymyr wiktor witold wladyslaw wlodzimierz wojciech yana yaroslav yelena
yevgeny yulia yuliya yuri yuriy zbigniew zdenek zdzislaw zofia zoltan zsolt zuzana zuzanna
"""
# Arabic, Turkish, Persian, South and East Asian, African names as the Latin script writes them
_WORLD = """
abbas abdel abdul abdullah abdulrahman abebe abigael abiodun abu achmad ade adel adewale aditi
aditya ahmad ahmed aisha ajay akash akira ali alia amar amin amina amir amira amit amrita anand
ananya andile anil anjali ankit anuj arash arjun arun asad asha ashish ashok asif asim ayesha ayse
aziz babatunde baran bashir bilal bongani burak caner cem chandra chen chidi chika chinedu chinonso
chinwe chukwu deepa deepak deepika demet deniz dinesh divya ebru ekin emeka emine emre engin enver
erdem eren esra faisal farah farhad farid faridah fatih fatima fatma fatou fikret funmi ganesh gita
gokhan gopal gul habib hadi hafiz hakan halil hamid hamza hana harish haroon haruka hasan hassan
hatice hina hiroshi hong huda hussain hussein hyun ibrahim idris ife ifeanyi imran indira irfan
ismail jamal jamil javed jawad jaya jayesh jia jin jung kabir kamal kamran karan karima kaveh
kavita kavya kazuo kemal kenji khadija khaled khalid kiran koffi kofi krishna kumar kunal kwame
kwesi lakshmi layla leyla li mahmoud mahmud majid manish manoj mansoor mariam marwan maryam masoud
meera mehdi mehmet mei meng meryem ming mohamad mohamed mohammad mohammed mohan monir mourad
muhammad muhammed mukesh murat musa mustafa nabil nadeem nader nadir naeem naima nam naoko narendra
naresh nasir nasser navid nazir neha nguyen nikhil nilufar nima nisha nitin noor nour nur olumide
oluwaseun omer onur orhan osman ousmane ozan ozgur ozlem pallavi parisa parveen piyush pooja
prakash pranav prasad prashant pratik praveen preeti priya priyanka qasim rachid rahul raj raja
rajat rajesh rajiv raju rakesh rama ramesh rami rana rania ranjit rashid rashida ravi raza reem
rehan rekha reza riaz rina rishi ritu riya rizwan rohan rohit roya saad sabah sachin sadia saeed
safa sahar said saif sajid sakura salah saleem salim salma salman samar sameer sami samina samir
sana sandeep sandile sangeeta sania sanjay sanjeev sathish satoshi saurabh seema selim serkan
shabnam shah shahid shaista shankar shanti shashi shilpa shiv shreya shruti shyam sibusiso
siddharth sindiso sipho sita smita sneha sonal soo srinivas sudhir sugandha suhail sumit sunil
sunita suresh surya sushma swati syed tahir takeshi tamer tanvir tarek tariq tendai thabo thandi
thandiwe themba thulani tolga tomoko tunde ugur umar umesh umut usha usman uzma vandana varun vijay
vikas vikram vinay vinod vishal vivek wahid waleed walid wei xiao yasemin yasin yasir yasmin
yasmine yasser yogesh yohannes yoko yoshi youssef yuki yuko yumi yun yunus yusuf zahra zainab
zeynep zhang zhao ziad zubair zulfiqar
"""
_NAMES = frozenset(" ".join((_NORTH, _ENGLISH, _SOUTH, _EAST, _WORLD)).split())


def is_first_name(word: str) -> bool:
    """Return True if *word* is a first name of the table, or two of them with a hyphen."""
    plain = plain_letters(word)
    return plain in _NAMES or ("-" in plain and any(part in _NAMES for part in plain.split("-")))


def plain_letters(word: str) -> str:
    """Return *word* in lower case without accents: ``Søren`` and ``Jürgen`` are ``soren`` and
    ``jurgen``."""
    if word.isascii():
        return word.lower().strip(".,'")
    folded = word.casefold().replace("ø", "o").replace("ł", "l").replace("đ", "d")
    parts = unicodedata.normalize("NFD", folded)
    return "".join(char for char in parts if not unicodedata.combining(char)).strip(".,'’")
