-- Folds an address to what trigrams compare: full-width to half-width, traditional and variant characters to the usual
-- ones, spaces and punctuation dropped, lower case.
create or replace function fold_address(address text) returns text
  language sql
  immutable
  parallel safe
  return regexp_replace(
    lower(translate(
      normalize(coalesce(address, ''), nfkc),
      '號樓棟幢座區縣鎮鄉東門廣場園龍圍學醫國際馬會長開鶴臺灣線層馭麗環華橋灘濱澤蘇雲鳳貴銀錢鐵廠農莊陽陰豐寶爾壹貳叁肆伍陸柒捌玖',
      '号楼栋栋栋区县镇乡东门广场园龙围学医国际马会长开鹤台湾线层驭丽环华桥滩滨泽苏云凤贵银钱铁厂农庄阳阴丰宝尔一二三四五六七八九'
    )),
    '[[:space:][:punct:]，。、；：（）【】《》·—－＃]+', '', 'g');
