use keben_search_core::{Bundle, Engine, Query, Section, build};

#[test]
fn smoke() {
    let section = |page: &str, title: &str, heading: &str, body: &str| Section {
        url: format!("{page}#{heading}"),
        page_url: page.into(),
        page_title: title.into(),
        heading: heading.into(),
        body: body.into(),
        kind: "lesson".into(),
        module: "fees".into(),
        module_title: "收费".into(),
        ..Section::default()
    };
    let bundle = build([
        section(
            "a",
            "拒交物业费的沟通",
            "",
            "业主以服务不好为由拒交物业费时，先听，再核实。",
        ),
        section(
            "a",
            "拒交物业费的沟通",
            "话术",
            "您反映的问题我记下了，电梯3号机今天下午修。",
        ),
        section(
            "b",
            "电梯困人应急",
            "",
            "先安抚，再通知维保单位，APP下载报修单。",
        ),
    ])
    .unwrap();
    let bytes = bundle.to_bytes();
    let engine = Engine::open(Bundle::from_bytes(&bytes).unwrap()).unwrap();
    for text in [
        "拒交物业费",
        "电梯困人应急",
        "业主说服务不好拒交物业费怎么回答",
        "电梯 报修",
        "app下",
        "費",
        "3号机",
        "梯",
        "zzz",
        "，",
        "",
    ] {
        let results = engine.search(&Query::new(text)).unwrap();
        println!("{text}: {}", serde_json::to_string(&results).unwrap());
    }
    let empty = build([]).unwrap();
    let engine = Engine::open(empty).unwrap();
    assert_eq!(engine.search(&Query::new("投诉")).unwrap().total_pages, 0);
}
