"""Everyday words of shop chat by language: they decide short lines no statistical detector can."""

from __future__ import annotations

from functools import cache

_WORDS = {
    "en": "the is are was you your my it do does did can could would will when where what how much many and of for "
    "with not have has this that i'm don't doesn't didn't order package item size thanks thank please ship "
    "shipping hello hey hi there yes price discount refund received arrived broken stock available still any "
    "get got need want wrong sorry ok okay pls thx u ur good great nice deal cheaper delivery track tracking "
    "color colour return which to in on we they",
    "es": "el la los las de que es está en un una por para con mi su cuánto cuanto cuándo cuando dónde donde hola "
    "gracias pedido envío envio talla precio tienen tiene hay puede puedo quiero llega llegó no sí si más muy "
    "pero buenas buenos días dias favor color paquete y me lo le del al como cómo cual cuál todavía aún rebaja "
    "descuento devolución vale ok esta este hasta cuesta xq q envían envian hacen rojo",
    "pt": "o a os as de que é está em um uma por para com meu minha seu quanto quando onde olá ola oi obrigado "
    "obrigada pedido envio tamanho preço preco tem pode posso quero chega chegou não nao sim mais muito mas "
    "bom boa dia tarde favor cor pacote e me do da no na como qual ainda desconto frete vcs vc qto custa "
    "entrega já ja troca cadê cade fica valor pra tá",
    "de": "der die das ist sind ein eine und nicht ich sie wir mein meine ihr wann wo was wie viel hallo danke bitte "
    "bestellung paket größe grosse preis haben hat kann können möchte kommt an auf mit für noch auch ja nein "
    "guten tag versand lieferung rückgabe farbe schon es den dem zu von im wird moin verfügbar rabatt geld "
    "zurück angekommen kaputt artikel",
    "fr": "le la les des est un une et pas je vous nous mon ma votre quand où combien quoi comment bonjour merci "
    "commande colis taille prix avez a peut puis veux arrive arrivé ne oui non plus très mais svp livraison "
    "couleur ce cette il elle de du en pour avec sur au salut remboursement toujours encore c'est j'ai s'il "
    "plaît dans quel quelle bonsoir reçu suis êtes",
    "vi": "tôi mình bạn shop ơi là có không ko khong được dc cho của hàng khi nào bao nhiêu giá gửi đơn size màu còn "
    "ạ cảm ơn chào chưa rồi này nhé với em anh chị giao ship tới về nhận mẫu đổi trả xin vậy lâu mấy ngày con "
    "bao gio nhieu minh cam on",
    "id": "apa apakah kak gan min sis bang saya aku kapan berapa ada bisa tidak gak nggak ga ya yang dan di ke dari "
    "untuk ini itu sudah udah belum pesanan barang ukuran warna harga ongkir kirim dikirim terima kasih "
    "makasih halo hai ready stok mau masih dong nya sampai lama hari bayar cod resi retur rusak salah tolong "
    "boleh kalau juga pakai pengiriman",
}


@cache
def _table() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in set(words.split()):
            table[word] = (*table.get(word, ()), language)
    return table


def words_for(word: str) -> tuple[str, ...]:
    """Languages in which this lower-case word is everyday chat."""
    return _table().get(word.replace("’", "'"), ())
