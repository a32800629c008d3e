"""What a name in another script can be in Latin letters."""

from __future__ import annotations

import pytest

from hanze.screening.names import analyse, keys
from tests.screening.names.reading import can_be, says, spelled


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Щербаков", "shcherbakov"),
        ("Щербаков", "schtscherbakow"),
        ("Щербаков", "sjtsjerbakov"),
        ("Чайковский", "tchaikovski"),
        ("Чайковский", "chaykovskiy"),
        ("Чайковский", "chaykovsky"),
        ("Юлия", "iuliia"),
        ("Юлия", "yuliya"),
        ("Евгений", "yevgeniy"),
        ("Зеленський", "zelenskyi"),
        ("Міхаіл", "mikhail"),
        ("Христов", "hristov"),
        ("Јовановић", "jovanovic"),
        ("Хрущёв", "khrushchev"),
    ],
)
def test_cyrillic_is_read_by_the_standards_and_the_newspapers_of_several_countries(written, latin):
    assert latin in spelled(written)[0]


@pytest.mark.parametrize(
    "spellings",
    [
        ("tchaikovsky", "chaykovskiy", "tschaikowski", "tsjaikovski"),
        ("yeltsin", "jelzin", "eltsin"),
        ("gorbachov", "gorbatschow", "gorbatchov"),
    ],
)
def test_european_spellings_of_one_name_share_their_sounds(spellings):
    sounds = {keys.sounds(word) for word in spellings}
    assert len({s.removeprefix("i") for s in sounds}) == 1


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("邓小平", "deng xiaoping"),
        ("邓小平", "deng xiao ping"),
        ("鄧小平", "teng hsiaoping"),
        ("欧阳修", "ouyang xiu"),
        ("歐陽娜娜", "auyeung nana"),
        ("曾庆红", "zeng qinghong"),
        ("单雄信", "shan xiongxin"),
        ("吕不韦", "lu buwei"),
        ("吕不韦", "lyu buwei"),
        ("陈水扁", "tan shuibian"),
        ("黄乐", "huang le"),
        ("黄乐", "huang yue"),
        ("李嘉誠", "lee kashing"),
        ("安倍晋三", "abe shinzo"),
    ],
)
def test_a_persons_name_in_han_is_read_surname_first_in_every_customary_spelling(written, latin):
    assert can_be(written, latin, "person")


def test_a_surname_that_is_read_in_its_own_way_keeps_that_reading_first():
    assert spelled("曾国藩", "person")[0][0] == "zeng"
    assert spelled("仇大伟", "person")[0][0] == "qiu"
    assert spelled("任正非", "person")[0][0] == "ren"


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("北京某某科技有限公司", "beijing technology company limited"),
        ("上海进出口贸易集团", "shanghai import export trade group"),
        ("哈爾濱工業大學", "harbin institute technology"),
        ("四川航空电子研究所", "sichuan aviation electronics research institute"),
        ("某某银行股份有限公司", "bank company limited"),
        ("陕西省人民政府", "shaanxi provincial people government"),
    ],
)
def test_an_organisation_in_han_is_read_in_english_words(written, english):
    assert says(written, english)


@pytest.mark.parametrize(
    ("pinyin", "english"),
    [
        ("Hongxiang Maoyi Youxian Gongsi", "hongxiang trade company limited"),
        ("Hongxiang Maoyi Youxiangongsi", "hongxiang trade company limited"),
        ("Hong Xiang Mao Yi You Xian Gong Si", "hong xiang trade company limited"),
        ("Shenzhenshi Hongxiang Dianzi Keji Gongsi", "shenzhen city hongxiang electronics technology company"),
        ("Hongxiang Jinchukou Jituan", "hongxiang import export group"),
        ("Hongxiang Gufen Youxian Gongsi", "hongxiang company limited"),
    ],
)
def test_an_organisation_in_pinyin_is_read_in_the_english_words_of_its_characters(pinyin, english):
    assert can_be(pinyin, english, "organisation")


@pytest.mark.parametrize("name", ["Malachite Trading Company Limited", "Stichting Keizersgracht", "Gongora Hermanos"])
def test_a_name_without_chinese_business_words_is_not_read_as_pinyin(name):
    assert not any(
        form.language == "hanzi-english"
        for reading in analyse(name).readings
        for part in reading
        for form in part.forms
    )


def test_what_no_dictionary_knows_in_an_organisations_name_is_read_in_pinyin_and_weighs_most():
    parts = analyse("北京鸿祥科技有限公司", "organisation").parts
    brand = next(part for part in parts if part.forms[0].text == "hongxiang")
    assert brand.weight == max(part.weight for part in parts)


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("김정은", "kim jongun"),
        ("김정은", "kim jong un"),
        ("이재용", "lee jae yong"),
        ("이재용", "ri jae yong"),
        ("박근혜", "park geunhye"),
        ("최룡해", "choe ryong hae"),
        ("정주영", "chung ju young"),
        ("남궁민", "namgung min"),
    ],
)
def test_a_korean_name_is_read_with_its_surname_and_syllables_in_customary_spellings(written, latin):
    assert can_be(written, latin, "person")


@pytest.mark.parametrize("spellings", [("jeongeun", "jongun", "jungeun", "chongun"), ("hyun", "hyon", "hyeon")])
def test_korean_spellings_of_one_name_share_a_key(spellings):
    assert len({keys.korean(word).replace("c", "j") for word in spellings}) == 1


def test_a_korean_company_is_read_in_english_words():
    assert says("조선광업개발무역회사", "korea mining development trading corporation")


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("محمد", "mohammed"),
        ("حسين", "hussein"),
        ("حسین", "hossein"),
        ("يوسف", "youssef"),
        ("قاسم", "ghasem"),
        ("عمر", "omar"),
    ],
)
def test_a_common_arabic_or_persian_name_has_its_usual_spellings(written, latin):
    assert latin in spelled(written)[0]


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("التكريتي", "tikriti"), ("دغداغ", "deghdegh"), ("الزواهري", "zawahiri"), ("شهاب", "chihab"),
        ("بوتفليقة", "bouteflika"), ("ذكاء", "zaka"), ("اچکزی", "achekzai"),
    ],
)  # fmt: skip
def test_an_arabic_word_shares_its_consonants_with_its_latin_spellings(written, latin):
    (part,) = analyse(written, "person").parts
    rough = {key for form in part.forms if form.language == "consonants" for key in keys.consonants(form.text)}
    assert rough & set(keys.consonants(latin))


@pytest.mark.parametrize("pair", [("qusay", "kusai"), ("walid", "oualid"), ("othman", "osman"), ("dhia", "zia")])
def test_latin_spellings_of_one_arabic_name_share_a_skeleton(pair):
    one, other = pair
    assert set(keys.consonants(one)) & set(keys.consonants(other))


def test_long_vowels_tell_names_with_the_same_consonants_apart():
    assert keys.vowels_agree("salm", "salim") > keys.vowels_agree("salm", "sulaym")
    assert keys.vowels_agree("slym", "saleem") > keys.vowels_agree("slym", "salam")


def test_an_arabic_name_is_split_where_latin_letters_write_two_words():
    assert [forms[0] for forms in spelled("عبدالرحمن نورالدين", "person")] == ["abd", "rahman", "nur", "din"]


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("トヨタ", "toyota"), ("さとう", "sato"), ("さとう", "satou"), ("さとう", "satoh"), ("ハッタ", "hatta"),
        ("Γεώργιος", "georgios"), ("Παπαδόπουλος", "papadopoulos"), ("Μπακογιάννης", "bakogiannis"),
        ("რუსთაველი", "rustaveli"), ("Սարգսյան", "sargsyan"), ("มาลี", "mali"),
    ],
)  # fmt: skip
def test_other_scripts_are_spelled_by_their_own_rules(written, latin):
    assert latin in spelled(written)[0]


def test_a_hebrew_word_is_compared_by_its_consonants():
    (part,) = analyse("נתניהו", "person").parts
    assert {"ntnh", "ntn"} & {key for form in part.forms for key in keys.consonants(form.text)}


def test_a_name_in_two_scripts_keeps_the_parts_of_both():
    have = [forms[0] for forms in spelled("华为 Technologies", "organisation")]
    assert have == ["huawei", "technologies"]
