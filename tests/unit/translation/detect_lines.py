"""Chat lines with their language, written for this test: (expected, text, the thread's prior)."""

LINES = [
    # English
    ("en", "Where is my order?", ""), ("en", "do u ship to canada", ""), ("en", "is this still available", ""),
    ("en", "thx", "en"), ("en", "ok thx", "en"), ("en", "can you do better on the price?", ""), ("en", "size 8 pls", ""),
    ("en", "it arrived broken 😡", ""), ("en", "refund", "en"), ("en", "any discount for 2?", ""), ("en", "hello", ""),
    ("en", "what's the tracking number for 250817ABC12XYZ", ""), ("en", "I need it before Friday", ""),
    ("en", "wrong color", ""), ("en", "good morning", ""), ("en", "I got the wrong item, I want my money back", ""),
    # Spanish
    ("es", "¿Dónde está mi pedido?", ""), ("es", "cuando llega", ""), ("es", "hola buenas", ""), ("es", "si", "es"),
    ("es", "tienen talla M?", ""), ("es", "me haces una rebaja?", ""), ("es", "gracias", ""), ("es", "vale", "es"),
    ("es", "el paquete llegó roto", ""), ("es", "cuánto cuesta el envío a México", ""), ("es", "quiero devolverlo", ""),
    ("es", "no me llegó nada", ""), ("es", "hacen envios a chile?", ""), ("es", "todavía no recibí mi pedido", ""),
    # Portuguese
    ("pt", "cadê meu pedido", ""), ("pt", "qto fica o frete?", ""), ("pt", "vcs enviam pro Brasil?", ""), ("pt", "oi", "pt"),
    ("pt", "obrigada", ""), ("pt", "bom dia", ""), ("pt", "quando chega", ""), ("pt", "tem na cor preta?", ""),
    ("pt", "não chegou ainda", ""), ("pt", "quero meu dinheiro de volta", ""), ("pt", "tem desconto à vista?", ""),
    ("pt", "Boa tarde, tudo bem?", ""), ("pt", "veio errado", "pt"),
    # German
    ("de", "Wo ist mein Paket?", ""), ("de", "wann kommt das an", ""), ("de", "danke", ""), ("de", "ist das noch verfügbar", ""),
    ("de", "Haben Sie das in Größe 42?", ""), ("de", "leider kaputt angekommen", ""), ("de", "Guten Tag", ""),
    ("de", "ich möchte das zurückgeben", ""), ("de", "geht da noch was am Preis?", ""), ("de", "ok danke", "de"),
    ("de", "Versand nach Österreich?", ""),
    # French
    ("fr", "Où est mon colis ?", ""), ("fr", "bonjour", ""), ("fr", "c'est combien la livraison", ""), ("fr", "merci bcp", ""),
    ("fr", "vous livrez en Belgique ?", ""), ("fr", "je n'ai rien reçu", ""), ("fr", "taille trop petite", ""),
    ("fr", "je veux un remboursement", ""), ("fr", "svp répondez", ""), ("fr", "d'accord", "fr"),
    ("fr", "il manque une pièce", ""),
    # Japanese
    ("ja", "いつ発送されますか？", ""), ("ja", "在庫確認", "ja"), ("ja", "在庫ありますか", ""), ("ja", "返品希望", "ja"),
    ("ja", "ありがとうございます", ""), ("ja", "サイズLはありますか", ""), ("ja", "発送日", ""), ("ja", "了解です", ""),
    ("ja", "商品未着", "ja"), ("ja", "はい", ""), ("ja", "iPhone15 Pro Max ケースありますか", ""), ("ja", "値下げ可能?", "ja"),
    # Korean
    ("ko", "배송 언제 되나요?", ""), ("ko", "네", ""), ("ko", "감사합니다", ""), ("ko", "XL 있어요?", ""), ("ko", "ㅠㅠ 왜 안 와요", ""),
    ("ko", "환불해 주세요", ""), ("ko", "ㅇㅋ", ""),
    # Thai
    ("th", "มีของไหมคะ", ""), ("th", "ส่งเมื่อไหร่", ""), ("th", "ขอบคุณค่ะ", ""), ("th", "ไซส์ XL มีไหม", ""), ("th", "แพงไป", ""),
    # Vietnamese
    ("vi", "còn hàng không shop", ""), ("vi", "bao giờ giao hàng", ""), ("vi", "shop oi con hang ko", ""), ("vi", "cảm ơn", ""),
    ("vi", "ok shop", "vi"), ("vi", "giá bao nhiêu", ""), ("vi", "ship về Hà Nội mấy ngày", ""), ("vi", "mình muốn đổi size", ""),
    ("vi", "dạ vâng", ""), ("vi", "hang bi loi", "vi"),
    # Indonesian
    ("id", "kak ready ga?", ""), ("id", "kapan dikirim", ""), ("id", "berapa ongkirnya ke Bandung", ""), ("id", "makasih kak", ""),
    ("id", "barangnya rusak", ""), ("id", "bisa cod?", ""), ("id", "ini ori kak?", ""), ("id", "sudah sampai mana", ""),
    ("id", "mau retur", ""), ("id", "stok masih ada?", ""), ("id", "iya", "id"),
    # Russian, Ukrainian stays apart
    ("ru", "где мой заказ?", ""), ("ru", "спасибо", ""), ("ru", "сколько стоит доставка в Москву", ""), ("ru", "да", ""),
    ("ru", "товар пришел сломанный", ""), ("ru", "ок", ""), ("uk", "Коли прийде посилка? Дуже чекаю її", ""),
    # Arabic
    ("ar", "متى يصل طلبي؟", ""), ("ar", "هل يتوفر مقاس XL", ""), ("ar", "شكرا", ""), ("ar", "كم السعر", ""), ("ar", "اريد استرجاع المنتج", ""),
    # Chinese, simplified and traditional
    ("zh", "什么时候发货", ""), ("zh", "在吗", ""), ("zh", "退款", ""), ("zh", "有現貨嗎", ""), ("zh", "能便宜点吗", "en"), ("zh", "好的", ""),
    ("zh", "已发货，请注意查收", "ja"), ("zh", "XL码有货", ""), ("zh", "iPhone 手机壳还有吗", ""),
    # Languages outside the thirteen
    ("it", "Quando arriva il mio pacco? Ho ordinato due settimane fa", ""),
    ("tr", "Siparişim ne zaman gelecek, kargo takip numarası var mı?", ""),
    ("nl", "Wanneer komt mijn bestelling aan? Ik wacht al twee weken", ""),
    ("pl", "Kiedy dotrze moje zamówienie? Czekam już dwa tygodnie", ""),
]  # fmt: skip

#: Nothing certain can be said; being "sure" here would be the mistake.
UNSURE = [
    ("si", ""), ("ok", ""), ("no", ""), ("XL", ""), ("👍", ""), ("12345", ""), ("😂😂", "es"), ("", ""), ("???", "en"), ("xd", ""),
    ("iPhone 15 Pro Max", ""), ("250817ABC12XYZ", "pt"), ("https://shopee.sg/x-i.1.2", "id"), ("\x00\x01", ""), ("hmm", ""),
]  # fmt: skip
