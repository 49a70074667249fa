//! The self-review as its writer sees it.

use super::house::House;

#[tokio::test]
async fn what_is_not_known_yet_does_not_read_as_if_it_were_so() {
    let (house, _) = House::demo().await;
    let mut browser = house.sign_in("giaovien").await;
    let start = browser.get("/").await;
    let link = start.text.split('"').find(|part| part.ends_with("/tu-kiem-diem")).expect("a task").to_owned();
    let page = browser.get(&link).await;
    assert!(page.text.contains("chưa đủ dữ kiện"), "{}", page.text);
    assert!(!page.text.contains("một vi phạm chỉ tính một lần"), "nobody has said that he was disciplined");
}
